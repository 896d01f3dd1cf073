/**
 * Business hours (服务时间). HTTP below /api/v1/chat/hours with the permission `inboxes:manage`. Each act names the
 * `version` that its author saw: 409 `chat.hours-changed` with `details.version`.
 */

/** From and to on the wall clock of the zone, `HH:MM`; `24:00` is the end of the day. A night is two periods. */
export interface HoursPeriod {
  readonly from: string;
  readonly to: string;
}

/** A day with hours of its own: none on a holiday, some on a day that is worked in exchange (调休). */
export interface SpecialDay {
  /** `YYYY-MM-DD` in the zone. */
  readonly date: string;
  readonly name: string;
  /** Empty = closed. A date stands once in a list: twice is refused. */
  readonly periods: readonly HoursPeriod[];
}

/** One day of the week; no periods = closed. */
export interface HoursWeekday {
  readonly periods: readonly HoursPeriod[];
}

/** One schedule as it is edited: name, zone, week and special days. */
export interface HoursDraft {
  readonly name: string;
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Monday first; seven days of at most four periods. */
  readonly week: readonly HoursWeekday[];
  readonly days: readonly SpecialDay[];
}

/** How it stands now, and when that changes; null = not within a year. */
export interface HoursState {
  readonly open: boolean;
  readonly changesAt: number | null;
}

/** One schedule as it is kept, with how it stands now. */
export interface HoursDetail extends HoursDraft {
  readonly id: string;
  /** Those of the workspace: they count for inboxes that chose none. */
  readonly isDefault: boolean;
  readonly version: number;
  readonly now: HoursState;
}

/** `GET /chat/hours`: the workspace's own first, then by name. */
export interface HoursList {
  readonly items: readonly HoursDetail[];
}

/** `POST /chat/hours`. 422 `http.invalid-input` names each field; 409 `chat.hours-name-taken`. */
export type HoursCreate = HoursDraft;

/** `DELETE /chat/hours/:id` (409 `chat.hours-in-use`), `POST /chat/hours/:id/default`. */
export interface HoursAct {
  readonly version: number;
}

/** `PUT /chat/hours/:id`: all of it. */
export interface HoursEdit extends HoursAct, HoursDraft {}

/**
 * Part of an inbox's public settings: how it stands at the moment the file is made, and the next times at which that
 * changes to the opposite. Absent where hours do not matter.
 */
export interface HoursOutlook {
  readonly open: boolean;
  readonly changes: readonly number[];
}

/** Bounds of business hours. */
export const HOURS_LIMITS = { schedules: 20, periods: 4, days: 400, nameCharacters: 60 } as const;
