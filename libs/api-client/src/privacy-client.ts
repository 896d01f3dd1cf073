import type {
  Approval,
  ApprovalPage,
  ApprovalRequest,
  ConsentCounts,
  ConsentPage,
  ReadPage,
  RegisterChange,
  RegisterContent,
  RegisterImpact,
  RegisterVersions,
  RegisterView,
  SubjectLinks,
  UnlinkReason,
} from '@libs/contracts';
import type { PageOptions } from './api-client.js';
import { Caller, type CallerOptions, query } from './caller.js';

/** Which consent records; all parts that are given must fit. */
export interface ConsentFilter {
  readonly subjectId?: string;
  readonly scope?: string;
  readonly decision?: string;
}

/** What one does about an approval. */
export type ApprovalAct = 'approve' | 'refuse' | 'cancel';

const id = encodeURIComponent;

/** The officer's desk: register, consents, approvals, who has seen. */
export class PrivacyClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  register(signal?: AbortSignal): Promise<RegisterView> {
    return this.http.get('/privacy/register', signal);
  }

  registerVersions(signal?: AbortSignal): Promise<RegisterVersions> {
    return this.http.get('/privacy/register/versions', signal);
  }

  registerVersion(version: number, signal?: AbortSignal): Promise<RegisterView> {
    return this.http.get(`/privacy/register/versions/${version}`, signal);
  }

  previewRegister(register: RegisterContent, baseVersion: number, signal?: AbortSignal): Promise<RegisterImpact> {
    return this.http.post('/privacy/register/preview', { baseVersion, register, note: 'preview' }, signal);
  }

  changeRegister(change: RegisterChange): Promise<RegisterView> {
    return this.http.put('/privacy/register', change);
  }

  consents(filter: ConsentFilter, { cursor, limit, signal }: PageOptions = {}): Promise<ConsentPage> {
    return this.http.get(`/privacy/consents${query({ ...filter, cursor, limit })}`, signal);
  }

  consentCounts(signal?: AbortSignal): Promise<ConsentCounts> {
    return this.http.get('/privacy/consents/counts', signal);
  }

  /** Evidence of one record, as it is to be kept: not read here. */
  evidence(recordId: string): Promise<unknown> {
    return this.http.get(`/privacy/consents/${id(recordId)}/evidence`);
  }

  evidenceOfPerson(subjectId: string): Promise<unknown> {
    return this.http.get(`/privacy/consents/evidence${query({ subjectId })}`);
  }

  /** Everything that links a person with others. */
  links(subjectId: string, signal?: AbortSignal): Promise<SubjectLinks> {
    return this.http.get(`/privacy/links${query({ subjectId })}`, signal);
  }

  /** Takes a wrong link apart; 409 where somebody was quicker. */
  undoLink(linkId: string, reason: UnlinkReason): Promise<void> {
    return this.http.post(`/privacy/links/${id(linkId)}/undo`, { reason });
  }

  reads(subjectId: string, { cursor, signal }: PageOptions = {}): Promise<ReadPage> {
    return this.http.get(`/privacy/reads${query({ subjectId, cursor })}`, signal);
  }

  approvals(signal?: AbortSignal): Promise<ApprovalPage> {
    return this.http.get('/privacy/approvals', signal);
  }

  requestApproval(request: ApprovalRequest): Promise<Approval> {
    return this.http.post('/privacy/approvals', request);
  }

  actOnApproval(approvalId: string, act: ApprovalAct): Promise<Approval> {
    return this.http.post(`/privacy/approvals/${id(approvalId)}/${act}`);
  }
}
