import { Module } from '@nestjs/common';
import { AgentSessionController } from './agent-sessions/agent-session.controller.js';
import { CodeController } from './codes/code.controller.js';
import { InvitationController } from './invitations/invitation.controller.js';
import { MeController } from './me/me.controller.js';
import { MeService } from './me/me.service.js';
import { MemberController } from './members/member.controller.js';
import { MemberNoticeController } from './notices/member-notice.controller.js';
import { OptionsController } from './options/options.controller.js';
import { PictureController } from './pictures/picture.controller.js';
import { PreferenceController } from './preferences/preference.controller.js';
import { EmailConfirmationController } from './profile/email-confirmation.controller.js';
import { ProfileController } from './profile/profile.controller.js';
import { ResetController } from './resets/reset.controller.js';
import { RoleController } from './roles/role.controller.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { OwnLogin } from './security/own-login.js';
import { SecurityController } from './security/security.controller.js';
import { SessionDoor } from './sign-in/session-door.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignUpController } from './sign-up/sign-up.controller.js';
import { TeamController } from './teams/team.controller.js';
import { WorkspaceController } from './workspace/workspace.controller.js';
import { WorkspaceService } from './workspace/workspace.service.js';
import { WorkspacesController } from './workspaces/workspaces.controller.js';

/** Signing in, and the sessions of the one who is. Its tables lie in `libs/auth`. */
@Module({
  controllers: [
    SignInController,
    OptionsController,
    CodeController,
    ResetController,
    MeController,
    SecondFactorController,
    SecurityController,
    AgentSessionController,
    MemberController,
    MemberNoticeController,
    InvitationController,
    RoleController,
    TeamController,
    WorkspaceController,
    SignUpController,
    PictureController,
    PreferenceController,
    ProfileController,
    EmailConfirmationController,
    WorkspacesController,
  ],
  providers: [MeService, SessionDoor, OwnLogin, WorkspaceService],
})
export class AccountModule {}
