import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '@libs/config';
import { Access, CONFIG, sendPanelPage } from '@libs/http';
import { Controller, Get, Header, Inject, Ip, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InboxDirectory } from '../inboxes/inbox-directory.js';
import { doorErrors } from '../widget-sessions/embed-passes.js';

const FOLDER = resolve('apps/chat/src/hosted');
const read = (name: string): string => readFileSync(resolve(FOLDER, name), 'utf8');

/** A page of our own around the widget, for who has no site: by link and QR code. Nobody may frame it. */
@Controller('c')
export class HostedController {
  private readonly page = read('hosted.html');
  private readonly script = read('hosted.js');

  constructor(
    private readonly inboxes: InboxDirectory,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The script of the hosted chat page: the same for everybody. */
  @Get('files/hosted.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  @Access.public('a script without data')
  file(): string {
    return this.script;
  }

  /** The chat page of an inbox, for who has no site of their own; 404 for an unknown key. */
  @Get(':key')
  @Access.public('a page without data; what it may do is decided by the embed pass')
  async hosted(@Param('key') key: string, @Ip() address: string, @Res() reply: FastifyReply): Promise<void> {
    if (!(await this.inboxes.find(key, address))) throw doorErrors.unknownInbox();
    await sendPanelPage(reply, { html: this.page, origins: [], publicOrigin: this.config.server.publicOrigin });
  }
}
