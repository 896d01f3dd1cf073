import { UnitOfWork } from '@libs/database';
import { SubjectErasers } from '@libs/privacy';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ContactController } from './contacts/contact.controller.js';
import { ContactRepository } from './contacts/contact.repository.js';
import { ContactService } from './contacts/contact.service.js';
import { ContactWorker } from './contacts/contact.worker.js';

/** Customers. So far a contact for each person who wrote, with the consents in force. */
@Module({
  controllers: [ContactController],
  providers: [ContactRepository, ContactService, ContactWorker],
})
export class CrmModule implements OnModuleInit {
  constructor(
    @Inject(SubjectErasers) private readonly erasers: SubjectErasers,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(ContactRepository) private readonly contacts: ContactRepository,
  ) {}

  onModuleInit(): void {
    this.erasers.add({
      erase: (tenantId, subjectId) =>
        this.work.upkeep((tx) => this.contacts.erase(tx, tenantId, subjectId), new Set([tenantId])),
    });
  }
}
