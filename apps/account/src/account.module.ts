import { Module } from '@nestjs/common';
import { AgentSessionController } from './agent-sessions/agent-session.controller.js';
import { MeController } from './me/me.controller.js';
import { MeService } from './me/me.service.js';
import { SessionDoor } from './sign-in/session-door.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** Signing in, and the sessions of the one who is. Its tables lie in `libs/auth`. */
@Module({
  controllers: [SignInController, MeController, AgentSessionController],
  providers: [MeService, SessionDoor],
})
export class AccountModule {}
