import type {
  AgentSent,
  Availability,
  ColleagueAvailabilities,
  ConversationToTeam,
  HoursCreate,
  HoursDetail,
  HoursEdit,
  HoursList,
  InboxRouting,
  LiveBoard,
  MemberCapacities,
  OwnAvailability,
  RoutingSettings,
  TeamCreate,
  TeamEdit,
  TeamList,
  TeamSummary,
} from '@libs/contracts';
import { Caller, type CallerOptions } from './caller.js';

const teamPath = (id: string, rest = ''): string => `/account/teams/${encodeURIComponent(id)}${rest}`;
const hoursPath = (id: string, rest = ''): string => `/chat/hours/${encodeURIComponent(id)}${rest}`;
const inboxPath = (id: string): string => `/chat/inboxes/${encodeURIComponent(id)}/routing`;

/** Where conversations go: teams, business hours, settings of routing, who is there. */
export class RoutingClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  teams(signal?: AbortSignal): Promise<TeamList> {
    return this.http.get('/account/teams', signal);
  }

  createTeam(team: TeamCreate): Promise<TeamSummary> {
    return this.http.post('/account/teams', team);
  }

  editTeam(id: string, edit: TeamEdit): Promise<TeamSummary> {
    return this.http.patch(teamPath(id), edit);
  }

  /** Sets a team aside, or brings it back. */
  archiveTeam(id: string, act: 'archive' | 'restore', version: number): Promise<TeamSummary> {
    return this.http.post(teamPath(id, `/${act}`), { version });
  }

  hours(signal?: AbortSignal): Promise<HoursList> {
    return this.http.get('/chat/hours', signal);
  }

  createHours(hours: HoursCreate): Promise<HoursDetail> {
    return this.http.post('/chat/hours', hours);
  }

  editHours(id: string, edit: HoursEdit): Promise<HoursDetail> {
    return this.http.put(hoursPath(id), edit);
  }

  makeDefaultHours(id: string, version: number): Promise<HoursDetail> {
    return this.http.post(hoursPath(id, '/default'), { version });
  }

  removeHours(id: string, version: number): Promise<void> {
    return this.http.delete(hoursPath(id), { version });
  }

  inboxRouting(inboxId: string, signal?: AbortSignal): Promise<InboxRouting> {
    return this.http.get(inboxPath(inboxId), signal);
  }

  setInboxRouting(inboxId: string, routing: InboxRouting): Promise<InboxRouting> {
    return this.http.put(inboxPath(inboxId), routing);
  }

  settings(signal?: AbortSignal): Promise<RoutingSettings> {
    return this.http.get('/chat/routing', signal);
  }

  setSettings(settings: RoutingSettings): Promise<RoutingSettings> {
    return this.http.put('/chat/routing', settings);
  }

  capacities(signal?: AbortSignal): Promise<MemberCapacities> {
    return this.http.get('/chat/routing/members', signal);
  }

  setCapacity(memberId: string, capacity: number | null): Promise<MemberCapacities> {
    return this.http.put(`/chat/routing/members/${encodeURIComponent(memberId)}`, { capacity });
  }

  availability(signal?: AbortSignal): Promise<OwnAvailability> {
    return this.http.get('/chat/availability', signal);
  }

  setAvailability(availability: Availability): Promise<OwnAvailability> {
    return this.http.put('/chat/availability', { availability });
  }

  colleagues(signal?: AbortSignal): Promise<ColleagueAvailabilities> {
    return this.http.get('/chat/colleagues/availability', signal);
  }

  /** Who waits and who is there, now. */
  liveBoard(signal?: AbortSignal): Promise<LiveBoard> {
    return this.http.get('/chat/reports/live', signal);
  }

  /** Out of the hands of `from`, as long as they have it. */
  takeOver(conversationId: string, from: string): Promise<AgentSent> {
    return this.http.post(`/chat/conversations/${encodeURIComponent(conversationId)}/take-over`, { from });
  }

  handToTeam(conversationId: string, wish: ConversationToTeam): Promise<AgentSent> {
    return this.http.post(`/chat/conversations/${encodeURIComponent(conversationId)}/hand-to-team`, wish);
  }
}
