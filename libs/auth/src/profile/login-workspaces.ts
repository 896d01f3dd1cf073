import type { Workspaces } from '@libs/contracts';
import { MEMBERS_OF_LOGIN } from '@libs/database';
import { noWorkspace } from '../auth.errors.js';
import type { AuthPorts } from '../ports.js';
import type { LoginStanding, LoginStandings } from '../sign-in/login-standing.js';
import type { SignInPlace, SignInResult, SignInService } from '../sign-in/sign-in.service.js';

/** A member who asks where else they work. */
export interface WorkspaceCaller {
  readonly tenantId: string;
  readonly memberId: string;
}

interface MemberRow {
  readonly tenant_id: string;
  readonly name: string;
  readonly slug: string;
}

/** The workspaces of one login (F-0209). Of another one nothing is told but name and address part. */
export class LoginWorkspaces {
  constructor(
    private readonly ports: AuthPorts,
    private readonly standings: LoginStandings,
    private readonly signIn: Pick<SignInService, 'proceed'>,
  ) {}

  async list(caller: WorkspaceCaller): Promise<Workspaces> {
    const rows = await this.rows(await this.loginOf(caller));
    return {
      items: rows.map(({ tenant_id: tenantId, name, slug }) => ({
        ...{ tenantId, name, slug },
        current: tenantId === caller.tenantId,
      })),
    };
  }

  /** A session in another workspace; what it asks for besides, the sign-in there decides. */
  async enter(caller: WorkspaceCaller, place: SignInPlace & { readonly tenantId: string }): Promise<SignInResult> {
    const login = await this.loginOf(caller);
    const rows = await this.rows(login);
    if (!rows.some(({ tenant_id }) => tenant_id === place.tenantId)) throw noWorkspace();
    return this.signIn.proceed(login, { ...place, shown: 'password' });
  }

  private async loginOf({ tenantId, memberId }: WorkspaceCaller): Promise<LoginStanding> {
    const login = await this.standings.ofMember(tenantId, memberId);
    if (!login) throw noWorkspace();
    return login;
  }

  private async rows({ id }: LoginStanding): Promise<readonly MemberRow[]> {
    return this.ports.database.reader.all<MemberRow>(MEMBERS_OF_LOGIN, [id]);
  }
}
