import { compileManifest, declaredStores, type Manifest, type StoreDeclaration } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadProduct } from '../architecture/product.js';
import { needlesOf } from '../raw-scan/needles.js';
import { newScan, scanBytes, scanFolder } from '../raw-scan/scan.js';
import { bytesOf } from '../world/authenticator-app.js';
import { CANARIES, type Canary, DERIVED, STARRED, WITHOUT } from './canaries.js';
import { type CanaryWorld, openCanaryWorld } from './canary-world.js';
import { driveErrors, driveRoutes, refusedToAll } from './sinks.js';
import { allRows, notStored } from './stored.js';

/** How each kind of store is looked into; a new kind fails, and so does a new place where only some are accounted for. */
const STORES: Readonly<Record<string, 'driven' | { readonly why: string; readonly only?: readonly string[] }>> = {
  event: 'driven',
  folder: 'driven',
  'log-stream': 'driven',
  'bucket-prefix': 'driven',
  'browser-storage': {
    why: 'is written by a page from what routes answer, and those are driven; journeys look into it',
  },
  queue: {
    only: ['custodia:wake:{schema}'],
    why:
      'is a channel of Redis, which this world does not open; test/operation/wake-up.e2e-spec.ts runs two processes ' +
      'beside one and looks for texts, names, mail addresses and a token in every command and in all that it kept',
  },
};

/** Whether somebody has said how this place is looked into. */
function isKnown({ store, name }: StoreDeclaration): boolean {
  const how = STORES[store];
  return how === 'driven' || (how !== undefined && (how.only?.includes(name) ?? true));
}

describeColumns('canaries on $column', (column) => {
  let manifest: Manifest;
  let missing: readonly string[];
  let world: CanaryWorld;

  beforeAll(async () => {
    manifest = compileManifest((await loadProduct()).entities, []);
    world = await openCanaryWorld(column);
    missing = await driveRoutes(world);
    await driveErrors(world, ['kanarimessage', 'kanarinote', 'kanariname', '13877665544', 'qkanarimail@shop.example']);
    await world.world.platform.desk.reads.flush();
    await world.world.platform.consumers.settle();
    await world.world.platform.networkLog.flush();
    world.outputs.push({ sink: 'application log', who: 'disk', text: world.world.lines.join('\n') });
    const journal = (await allRows(world.world)).get('event_journal')!;
    world.outputs.push({ sink: 'journal', who: 'disk', text: journal.toString('latin1') });
  });
  afterAll(() => world?.close());

  /** What only the world knows: a password, and the secret of an authenticator app, which lies as base64 of its bytes. */
  const made = (): Readonly<Record<string, Partial<Canary>>> => ({
    'auth_login.secret_hash': { core: world.tenant.members[1]!.password },
    'auth_second_factor.secret_sealed': {
      core: world.secret,
      lies: (stored) => stored === bytesOf(world.secret).toString('base64'),
    },
  });
  const canaries = (): [string, Canary][] =>
    Object.entries(CANARIES).map(([place, canary]) => [place, { ...canary, ...made()[place] }]);

  const starred = (): [string, Canary][] => Object.entries(STARRED);

  /** Places where a canary came out that it must not have come out of. */
  function leaks(): string[] {
    const texts = new Map(world.outputs.map((output) => [output, Buffer.from(output.text)]));
    return [...canaries(), ...starred()].flatMap(([place, { core, shows }]) => {
      const needles = needlesOf(core);
      return world.outputs
        .filter(
          (output) => !shows(output) && scanBytes(texts.get(output)!, output.sink, needles, newScan()).hits.length > 0,
        )
        .map(({ sink, who }) => `${place} in ${sink} of ${who}`);
    });
  }

  it('P-1004 every column of T2 and T3 has one, is made from one that has, or says why not', () => {
    const known = [...Object.keys(CANARIES), ...Object.keys(DERIVED), ...Object.keys(WITHOUT)];
    const wanted = manifest.tables.flatMap(({ table, entries }) =>
      entries.flatMap(({ column, path, declared }) =>
        declared.personal && declared.facets.tier !== 'T1' ? [`${table}.${column}${path ? `:${path}` : ''}`] : [],
      ),
    );
    expect(known.sort()).toEqual(wanted.sort());
    expect(Object.values(DERIVED).filter((source) => !(source in CANARIES))).toEqual([]);
  });

  it('P-1004 every route is asked for them', () => {
    expect(missing).toEqual([]);
    expect(refusedToAll(world)).toEqual([]);
  });

  it('P-1004 every place that the manifest knows is looked into', () => {
    expect(declaredStores().filter((place) => !isKnown(place))).toEqual([]);
  });

  it('P-1004 are really there: each is seen where it may be seen', () => {
    const seen = ({ core, shows }: Canary): boolean =>
      world.outputs.some((output) => shows(output) && output.text.includes(core)) || shows.length === 0;
    expect([...canaries(), ...starred()].filter(([, canary]) => !seen(canary)).map(([place]) => place)).toEqual([]);
    for (const field of ['name', 'mobile', 'email', 'wechat', 'address']) {
      const shown = world.outputs.find(({ sink }) => sink === `reveal ${field}`)!;
      expect(shown.text).toContain(CANARIES[`crm_contact.${field}`]!.core);
    }
  });

  it('P-1002 P-1004 are really stored: every sealed column opens to its canary, with its index beside it', async () => {
    expect(await notStored(world.world, manifest, canaries())).toEqual([]);
  });

  it('P-1004 P-0404 P-0401 come out of no route, packet, refusal, log, figure or journal that is not meant for them', () => {
    expect([...new Set(leaks())].sort()).toEqual([]);
    const sinks = new Set(world.outputs.map(({ sink }) => sink));
    for (const sink of ['errors', 'application log', 'journal', 'GET /metrics', 'packet item'])
      expect(sinks).toContain(sink);
  });

  it('P-1002 P-0404 lie in no file and no row: database, key store, ledger, objects', async () => {
    const { folders } = world.world.platform.config;
    const tables = await allRows(world.world);
    const needles = [...canaries(), ...starred()].flatMap(([place, { core }]) =>
      needlesOf(core).map(({ form, bytes }) => ({ form: `${place} as ${form}`, bytes })),
    );
    const scan = newScan();
    for (const folder of [folders.data, folders.keys, folders.ledger]) scanFolder(folder, needles, scan);
    for (const [table, bytes] of tables) scanBytes(bytes, `table ${table}`, needles, scan);
    expect(scan.hits.map((hit) => `${hit.form} in ${hit.place}`)).toEqual([]);
    expect(tables.size).toBeGreaterThan(30);
  });

  it('P-1004 a canary that flies is found', () => {
    world.outputs.push({ sink: 'GET /planted', who: 'agent', text: Buffer.from('x 13877665544').toString('base64') });
    expect(leaks()).toContain('crm_contact.mobile in GET /planted of agent');
    world.outputs.pop();
  });
});
