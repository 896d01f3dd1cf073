import type { Me } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '../live/keys.js';
import { useReportWords } from '../reports/words/use-report-words.js';
import { rights } from '../session/rights.js';
import { useWords } from '../words/use-words.js';

/** `G` and then a letter leads to a part of the product; only to those that the role has. */
export function GoKeys({ me }: { readonly me: Me }) {
  const words = useWords();
  const reports = useReportWords();
  const navigate = useNavigate();
  const to = (path: string, does: string) => ({
    does,
    moves: true,
    run: () => void navigate({ href: `/w/${me.tenant.slug}/${path}` }),
  });
  const keys = {
    'G C': rights.converse(me.role) ? to('conversations/mine', words.conversations) : undefined,
    'G P': to('contacts', words.contacts),
    'G Y': rights.desk(me.role) ? to('privacy', words.privacyDesk) : undefined,
    'G R': rights.watch(me.role) ? to('reports/live', reports.title) : undefined,
    'G S': to('settings', words.settings),
  };
  useKeys(keys, 'everywhere');
  return null;
}
