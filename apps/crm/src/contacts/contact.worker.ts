import type { Tx } from '@libs/database';
import { ConsumerRunner, type JournalConsumer, type JournalRow } from '@libs/events';
import { newId } from '@libs/kernel';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addContact, liveSubjects } from './contact.repository.js';

/**
 * Makes a contact of each person who opens a conversation. Reads chat's events in order; nothing in the message path
 * waits for it. A person who was erased meanwhile gets no contact.
 */
@Injectable()
export class ContactWorker implements JournalConsumer, OnModuleInit {
  readonly name = 'crm.contacts';
  readonly kinds = ['chat.conversation-opened.v1'] as const;

  constructor(private readonly consumers: ConsumerRunner) {}

  onModuleInit(): void {
    this.consumers.add(this);
  }

  async handle(tx: Tx, rows: readonly JournalRow[]): Promise<void> {
    const tenants = firstSeen(rows);
    for (const tenantId of [...tenants.keys()].sort()) {
      const people = tenants.get(tenantId)!;
      const live = await liveSubjects(tx, tenantId, [...people.keys()]);
      for (const [subjectId, createdAt] of people) {
        if (live.has(subjectId)) await addContact(tx, tenantId, { id: newId(createdAt), subjectId, createdAt });
      }
    }
  }
}

/** When each person of each tenant first appears in `rows`. */
function firstSeen(rows: readonly JournalRow[]): Map<string, Map<string, number>> {
  const tenants = new Map<string, Map<string, number>>();
  for (const { tenantId, subjectId, at } of rows) {
    const people = tenants.get(tenantId) ?? new Map<string, number>();
    tenants.set(tenantId, people);
    if (subjectId !== null && !people.has(subjectId)) people.set(subjectId, at);
  }
  return tenants;
}
