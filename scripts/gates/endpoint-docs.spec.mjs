import { describe, expect, it } from 'vitest';
import { checkEndpointDocs, endpointDocs } from './endpoint-docs.mjs';

const controller = (doc) => ({
  path: 'apps/chat/src/things/thing.controller.ts',
  text: [
    "@Controller('api/v1/chat/things')",
    'export class ThingController {',
    `  ${doc}`,
    "  @Get(':id')",
    '  find(id: string): string {',
    '    return this.nameOf(id);',
    '  }',
    '  private nameOf(id: string): string {',
    '    return id;',
    '  }',
    '}',
  ].join('\n'),
});

describe('doc comments of endpoints', () => {
  it('an endpoint without one is found, whatever else stands above it', () => {
    for (const doc of ['', '// One thing.', '/** */']) {
      expect(checkEndpointDocs([controller(doc)])).toMatchObject([
        { rule: 'endpoint-docs', path: 'apps/chat/src/things/thing.controller.ts' },
      ]);
    }
    expect(checkEndpointDocs([controller('/** One thing. */')])).toEqual([]);
  });

  it('its text comes without stars and line ends, and other files are not read', () => {
    const doc = '/**\n   * One thing;\n   * 404 `chat.thing-not-found`.\n   */';
    expect(endpointDocs([controller(doc)])).toMatchObject([
      { controller: 'ThingController', handler: 'find', text: 'One thing; 404 `chat.thing-not-found`.' },
    ]);
    expect(endpointDocs([{ ...controller(''), path: 'libs/http/src/testing/toy.controller.ts' }])).toEqual([]);
  });
});
