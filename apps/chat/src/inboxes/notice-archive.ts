import type { ArchivedNotice, NoticeArchive } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { Access } from '@libs/http';
import { runInTenant } from '@libs/tenancy';
import { Controller, Get, Header, Inject, Injectable, Ip, Param } from '@nestjs/common';
import { NoticeParams } from './inbox.dto.js';
import { inboxErrors } from './inbox.errors.js';
import { InboxDirectory, inForce, type NoticeRow } from './inbox-directory.js';

const PUBLIC = 'published texts, the same for everybody';

type ArchiveRow = NoticeRow & { readonly at: number | string };

/** What people were told, for ever: also of an inbox that was switched off or ended (F-1601). */
@Injectable()
export class NoticeArchives {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly inboxes: InboxDirectory,
  ) {}

  async list(key: string, address: string): Promise<NoticeArchive> {
    const versions = new Map<number, { version: number; publishedAt: number; locales: string[] }>();
    for (const { version, locale, at } of await this.rows(key, address)) {
      const entry = versions.get(Number(version)) ?? { version: Number(version), publishedAt: Number(at), locales: [] };
      versions.set(Number(version), entry);
      entry.locales.push(locale);
    }
    return { items: [...versions.values()].sort((one, other) => other.version - one.version) };
  }

  async at(key: string, version: number, address: string): Promise<ArchivedNotice> {
    const rows = (await this.rows(key, address)).filter((row) => Number(row.version) === version);
    if (rows.length === 0) throw inboxErrors.noticeNotFound();
    return { version, publishedAt: Number(rows[0]!.at), notices: inForce(rows) };
  }

  private async rows(key: string, address: string): Promise<readonly ArchiveRow[]> {
    const inbox = await this.inboxes.findAnyway(key, address);
    if (!inbox) throw inboxErrors.notFound();
    const { tenantId, id } = inbox;
    const context = { tenantId, actor: { kind: 'system', id: 'notice-archive' }, correlationId: id } as const;
    return runInTenant(context, async () =>
      this.database.reader.all<ArchiveRow>(
        'SELECT version, locale, hash, body, at FROM chat_notice WHERE tenant_id = ? AND inbox_id = ? ' +
          'ORDER BY version, locale',
        [tenantId, id],
      ),
    );
  }
}

/** Beside the widget's other public files. */
@Controller('widget/inboxes/:key/notices')
export class NoticeArchiveController {
  constructor(private readonly archives: NoticeArchives) {}

  /** Every notice that people were told here, also of an inbox that has ended; 404 for an unknown one (F-1601). */
  @Get()
  @Header('cache-control', 'public, max-age=60')
  @Access.public(PUBLIC)
  list(@Param('key') key: string, @Ip() address: string): Promise<NoticeArchive> {
    return this.archives.list(key, address);
  }

  /** The notice of this version, as it was published; 404 `chat.notice-not-found` (F-1601). */
  @Get(':version')
  @Header('cache-control', 'public, max-age=60')
  @Access.public(PUBLIC)
  at(@Param() { key, version }: NoticeParams, @Ip() address: string): Promise<ArchivedNotice> {
    return this.archives.at(key, version, address);
  }
}
