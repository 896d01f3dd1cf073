import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WIDGET_PACKET_REFS } from '@libs/contracts';
import { Access, assertAllIdsDeclared, assertAllRoutesDeclared, listRoutes, Ref } from '@libs/http';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { ROOT } from './product.js';
import { SERVICES, withServices } from './services.js';

@Controller('planted')
class WithoutAccess {
  @Get(':conversationId')
  read(@Param('conversationId') @Ref('conversation') conversationId: string): string {
    return conversationId;
  }
}

@Module({ controllers: [WithoutAccess] })
class Undeclared {}

@Controller('planted')
class WithoutRef {
  @Get(':conversationId')
  @Access.member()
  read(@Param('conversationId') conversationId: string): string {
    return conversationId;
  }
}

@Module({ controllers: [WithoutRef] })
class UnnamedId {}

describe('routes', () => {
  it.each(SERVICES)(
    'P-1006 %s alone: every route says who may call it and every id what it names',
    async (_, module) => {
      await withServices([module], (app) => {
        assertAllRoutesDeclared(app);
        assertAllIdsDeclared(app);
        expect(listRoutes(app).filter(({ access }) => access === undefined)).toEqual([]);
        expect(listRoutes(app).length).toBeGreaterThan(0);
      });
    },
  );

  it('P-1006 a route without access stops the start', async () => {
    await expect(withServices([Undeclared], () => undefined)).rejects.toThrow(/without @Access: GET \/planted/);
  });

  it('P-0211 an id without a name stops the start', async () => {
    await expect(withServices([UnnamedId], () => undefined)).rejects.toThrow(/without @Ref.*conversationId/);
  });

  it('every packet of a visitor is on the page of the protocol', () => {
    const page = readFileSync(join(ROOT, 'docs', 'widget-protocol.md'), 'utf8');
    expect(Object.keys(WIDGET_PACKET_REFS).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
