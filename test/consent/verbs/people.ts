import { newId } from '@libs/kernel';
import { field, type PersonalCell } from '@libs/privacy';
import { announcePeople, type ConsentProcess, type Processes } from '../processes.js';
import { BASIC, type World } from '../world.js';

const NAME = field(
  'crm_contact',
  'name',
  'identity',
  ['support-conversation', 'customer-relations', 'marketing', 'subject-request'],
  'contact.name',
);
const MOBILE = field(
  'crm_contact',
  'mobile',
  'contact',
  ['customer-relations', 'marketing', 'subject-request'],
  'contact.mobile',
);
const ADDRESS = field(
  'crm_contact',
  'address',
  'location',
  ['customer-relations', 'subject-request'],
  'contact.address',
);

/** What everybody has written of themselves. */
export const VALUES: Readonly<Record<string, string>> = {
  'contact.name': '林晓雯',
  'contact.mobile': '13812341234',
  'contact.address': '上海市浦东新区世纪大道100号',
};

export async function born(world: World, by: ConsentProcess): Promise<void> {
  if (!world.model.functions.get('support-conversation')!.enabled) return;
  const { subjects, clock, cipher } = world.processes;
  const subjectId = newId(clock.now());
  const version = world.model.versionOf(BASIC);
  const slip = {
    noticeHash: 'ab'.repeat(32),
    version: 1,
    consentVersion: version,
    locale: 'zh-CN',
    agreedAt: clock.now(),
    nonce: newId(),
  };
  const birth = await by.consents.birthStep({ tenantId: world.tenantId, subjectId, inboxId: newId(), slip });
  await world.submit(by, 'support-conversation', subjectId, [subjects.step({ subjectId, create: 'visitor' }), birth]);
  world.ids.push(subjectId);
  world.cells.push(await sealedCells(world, subjectId, cipher));
  world.model.born();
}

async function sealedCells(world: World, subjectId: string, cipher: Processes['cipher']): Promise<PersonalCell[]> {
  const cells: PersonalCell[] = [];
  const specs = [NAME, MOBILE, ADDRESS];
  await world.processes.keys.createSubject(
    world.tenantId,
    subjectId,
    specs.map(({ group }) => group),
  );
  for (const spec of specs) {
    await cipher.load(world.tenantId, [subjectId], spec.group);
    const text = VALUES[spec.code!]!;
    const sealed = cipher.seal(world.tenantId, subjectId, spec, subjectId, text, 'customer-relations');
    cells.push({ subjectId, spec, row: subjectId, sealed });
  }
  return cells;
}

export async function link(world: World, by: ConsentProcess, one: number, other: number): Promise<void> {
  const [subjectId, otherId] = [world.ids[one]!, world.ids[other]!];
  await announcePeople(
    by,
    world.tenantId,
    [subjectId, otherId],
    (tx) =>
      tx.insert(
        'privacy_subject_link',
        ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'],
        [[world.tenantId, newId(), subjectId, otherId, 'same-person', 'test', world.processes.clock.now(), null]],
      ) as Promise<unknown>,
  );
  world.model.link(one, other);
}

export async function unlink(world: World, by: ConsentProcess, pair: string): Promise<void> {
  if (!world.model.links.has(pair)) return;
  const [one, other] = pair.split(' ').map((index) => world.ids[Number(index)]!) as [string, string];
  await announcePeople(by, world.tenantId, [one, other], (tx) =>
    Promise.resolve(
      tx.run(
        'UPDATE privacy_subject_link SET undone_at = ? WHERE tenant_id = ? AND undone_at IS NULL AND ' +
          '((subject_id = ? AND other_id = ?) OR (subject_id = ? AND other_id = ?))',
        [world.processes.clock.now(), world.tenantId, one, other, other, one],
      ),
    ),
  );
  world.model.unlink(pair);
}

export async function guard(world: World, by: ConsentProcess, person: number, guarded: boolean): Promise<void> {
  const id = world.ids[person]!;
  await announcePeople(by, world.tenantId, [id], (tx) =>
    Promise.resolve(
      tx.run('UPDATE privacy_data_subject SET guarded = ? WHERE tenant_id = ? AND id = ?', [
        Number(guarded),
        world.tenantId,
        id,
      ]),
    ),
  );
  world.model.people[person]!.guarded = guarded;
}
