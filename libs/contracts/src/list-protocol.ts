/** The wire of the console's list: labels, what a list is narrowed and ordered by, views that a member keeps. */
import type { ConversationState, ConversationView } from './agent-protocol.js';

/** Colours of labels, as tokens of the theme; closed. */
export const LABEL_COLOURS = ['grey', 'blue', 'teal', 'green', 'amber', 'red', 'pink', 'violet'] as const;
/** One of `LABEL_COLOURS`. */
export type LabelColour = (typeof LABEL_COLOURS)[number];

/** A label as it stands beside a conversation. */
export interface LabelRef {
  readonly id: string;
  readonly name: string;
  readonly colour: LabelColour;
}

/** One of the workspace's labels. */
export interface Label extends LabelRef {
  /** Place among the others, from 0. */
  readonly order: number;
  /** Still on the conversations that have it, offered for no other. */
  readonly archived: boolean;
}

/** `GET /chat/labels`: all of them, in their order. */
export interface LabelList {
  readonly items: readonly Label[];
}
/** `POST /chat/labels`: at most 50 characters; 409 `chat.label-exists` where there is one of that name. */
export interface LabelCreate {
  readonly name: string;
  readonly colour: LabelColour;
}
/** `PATCH /chat/labels/:id` */
export interface LabelEdit {
  readonly name?: string;
  readonly colour?: LabelColour;
  readonly order?: number;
  readonly archived?: boolean;
}
/** `GET /chat/labels/:id/use`: what deleting it takes away. */
export interface LabelUse {
  readonly conversations: number;
}
/** `PUT` and `DELETE /chat/conversations/:id/labels/:labelId`: the labels it has now. */
export interface ConversationLabels {
  readonly items: readonly LabelRef[];
}

/** Orders that a list of conversations can have. */
export const LIST_SORTS = ['newest', 'longest-waiting'] as const;
/** `longest-waiting`: whoever has waited longest for an answer first; those who wait for none are not in it. */
export type ListSort = (typeof LIST_SORTS)[number];

/** States that a list can be narrowed to. */
export const LIST_STATES = ['queued', 'open', 'snoozed', 'resolved'] as const;
/** One of `LIST_STATES`. */
export type ListState = (typeof LIST_STATES)[number];

/** Words in place of a member's id. */
export type ListAssignee = 'me' | 'nobody' | (string & {});

/**
 * What narrows a list. Several values of one property: any of them; several properties: all of them. Of what a member may
 * not see a filter shows nothing.
 */
export interface ListFilter {
  readonly inbox?: readonly string[];
  readonly label?: readonly string[];
  readonly state?: readonly ListState[];
  readonly assignee?: readonly ListAssignee[];
  /** Something in it waits to be read; in what is resolved nothing does. */
  readonly unread?: boolean;
  /** Minutes that the visitor has waited for an answer, at least. */
  readonly waiting?: number;
}

/**
 * `GET /chat/conversations?view=&inbox=&label=&state=&assignee=&unread=&waiting=&person=&handle=&sort=&cursor=&limit=`.
 * Several values of one filter stand in one parameter with commas between. 422 `http.invalid-input` and
 * `chat.cursor-invalid`; 404 `chat.inbox-not-found`, `chat.label-not-found`, `chat.member-not-found` where an id is none
 * of the workspace, `chat.conversation-not-found` where the caller sees no conversation of the person.
 */
export interface ListWish {
  readonly view: ConversationView;
  readonly filter: ListFilter;
  readonly sort: ListSort;
  /**
   * Conversations of this person: of the subject, and of everybody whom a signed statement linked with it (F-0312). No
   * part of the filter: a view that a member keeps names nobody.
   */
  readonly person?: string;
  /** Conversations of people with this handle, among the 20,000 conversations of those who came last. */
  readonly handle?: string;
  /** Conversations of any of these people; asked for by `PeopleSearch`. */
  readonly people?: readonly string[];
}

/** Subjects whose conversations are asked for at once. */
export const MOST_SOUGHT_PEOPLE = 100;

/**
 * `POST /chat/conversations/searches`: conversations of these subjects, and of those linked with them, as far as the
 * caller sees them, in any state, the newest first; a page of the list. Whom the text of a search means is told by
 * `POST /crm/contacts/searches`, so chat never hears it. 422 `http.invalid-input` for none, for more than
 * `MOST_SOUGHT_PEOPLE` and for what is no id; 404 `chat.conversation-not-found` where the caller sees no conversation of
 * any of them.
 */
export interface PeopleSearch {
  readonly subjectIds: readonly string[];
  readonly cursor?: string;
  readonly limit?: number;
}

/** Beyond this a count says no more than that there are more. */
export const COUNTED_MOST = 99;

/** `GET /chat/conversations/counts`: of each view, at most `COUNTED_MOST + 1`. */
export interface ListCounts {
  readonly views: Readonly<Partial<Record<ConversationView, number>>>;
  /** By id of the caller's saved views. */
  readonly saved: Readonly<Record<string, number>>;
  /** Sections of all, as far as the caller sees. */
  readonly states: Readonly<Partial<Record<ConversationState, number>>>;
}

/** A list that a member keeps under a name; nobody else sees it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly view: ConversationView;
  readonly filter: ListFilter;
  readonly sort: ListSort;
  readonly order: number;
}
/** `GET /chat/views` */
export interface SavedViews {
  readonly items: readonly SavedView[];
}
/** `POST /chat/views`: at most 30, 409 `chat.too-many-views`; `PUT /chat/views/:id` writes all of it anew. */
export interface SavedViewKeep {
  readonly name: string;
  readonly view: ConversationView;
  readonly filter: ListFilter;
  readonly sort: ListSort;
  readonly order?: number;
}

/** `GET /chat/list-options`: what a list can be narrowed to besides labels and colleagues. */
export interface ListOptions {
  readonly inboxes: readonly { readonly id: string; readonly name: string }[];
}

/** Values of one filter. */
export const MOST_FILTER_VALUES = 20;
/** A year, minutes. */
export const LONGEST_WAIT = 525_600;
/** Views that a member may keep. */
export const MOST_VIEWS = 30;
/** Labels of a workspace. */
export const MOST_LABELS = 200;
/** Labels of one conversation. */
export const MOST_LABELS_ON_ONE = 20;
/** Characters of a label's name. */
export const LABEL_NAME_MOST = 50;
/** Characters of a view's name. */
export const VIEW_NAME_MOST = 50;
