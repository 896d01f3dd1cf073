import { UnitOfWork } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { SubjectErasers } from '@libs/privacy';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ContactController } from './contacts/contact.controller.js';
import { ContactRepository } from './contacts/contact.repository.js';
import { ContactService } from './contacts/contact.service.js';
import { ContactWorker } from './contacts/contact.worker.js';
import { ContactAsking } from './contacts/contact-asking.js';
import { ContactBulkRevealing } from './contacts/contact-bulk-revealing.js';
import { ContactEditStep } from './contacts/contact-edit-step.js';
import { ContactEditing } from './contacts/contact-editing.js';
import { ContactFacing } from './contacts/contact-faces.js';
import { ContactIndex } from './contacts/contact-index.js';
import { ContactMatching } from './contacts/contact-matching.js';
import { ContactNames } from './contacts/contact-names.js';
import { ContactPieceRepository } from './contacts/contact-piece.repository.js';
import { ContactPieceMaker } from './contacts/contact-piece-maker.js';
import { ContactPieceMaking } from './contacts/contact-piece-making.job.js';
import { ContactRevealing } from './contacts/contact-revealing.js';
import { ContactSearching } from './contacts/contact-searching.js';
import { ContactWriting } from './contacts/contact-writing.js';
import { RevealControls } from './contacts/reveal-controls.js';

/** Customers: a contact for each person who wrote, with five fields that consent opens. */
@Module({
  controllers: [ContactController],
  providers: [
    ContactRepository,
    ContactIndex,
    ContactPieceRepository,
    ContactMatching,
    ContactNames,
    ContactFacing,
    ContactAsking,
    ContactService,
    ContactSearching,
    { provide: ContactEditStep, useFactory: (clock: Clock) => new ContactEditStep(clock), inject: [CLOCK] },
    ContactWriting,
    ContactEditing,
    RevealControls,
    ContactRevealing,
    ContactBulkRevealing,
    ContactWorker,
    ContactPieceMaker,
    ContactPieceMaking,
  ],
})
export class CrmModule implements OnModuleInit {
  constructor(
    @Inject(SubjectErasers) private readonly erasers: SubjectErasers,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(ContactRepository) private readonly contacts: ContactRepository,
  ) {}

  onModuleInit(): void {
    this.erasers.add({
      name: 'crm',
      erase: (tenantId, subjectId) =>
        this.work.upkeep((tx) => this.contacts.erase(tx, tenantId, subjectId), new Set([tenantId])),
    });
  }
}
