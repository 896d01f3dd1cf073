import { Module } from '@nestjs/common';
import { ContactController } from './contacts/contact.controller.js';
import { ContactRepository } from './contacts/contact.repository.js';
import { ContactService } from './contacts/contact.service.js';
import { ContactWorker } from './contacts/contact.worker.js';

/** Customers. So far a contact for each person who wrote, with the consents in force. */
@Module({
  controllers: [ContactController],
  providers: [ContactRepository, ContactService, ContactWorker],
})
export class CrmModule {}
