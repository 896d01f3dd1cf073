import { Module } from '@nestjs/common';
import { ApprovalController } from './approvals/approval.controller.js';
import { ApprovalService } from './approvals/approval.service.js';
import { ConsentController } from './consents/consent.controller.js';
import { ConsentService } from './consents/consent.service.js';
import { EvidenceAccount } from './consents/evidence-account.js';
import { LinkController } from './links/link.controller.js';
import { ColleagueNames } from './people/colleague-names.js';
import { PersonRepository } from './people/person.repository.js';
import { ReadController } from './reads/read.controller.js';
import { RegisterController } from './register/register.controller.js';
import { RegisterService } from './register/register.service.js';

/**
 * The officer's desk: processing register, consents, approvals, and who has seen whom. The rules are those of
 * `libs/privacy`; here they get routes and names. Requests of persons and their portal come with their own issues.
 */
@Module({
  controllers: [RegisterController, ConsentController, ReadController, ApprovalController, LinkController],
  providers: [RegisterService, ConsentService, EvidenceAccount, ApprovalService, PersonRepository, ColleagueNames],
})
export class PrivacyDeskModule {}
