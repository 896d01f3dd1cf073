import type { ConversationSummary } from '@libs/contracts';
import { safeText } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import './marks.css';
import { usePersonName } from './person-names.js';

type Named = Pick<ConversationSummary, 'subjectId' | 'handle' | 'preview' | 'withheld'>;

/** Of a headline nobody is named, and of a person who said no neither. */
export function mayBeNamed({ preview, withheld }: Named): boolean {
  return preview !== undefined && withheld === undefined;
}

/** The person of a conversation: by name where the viewer may see it, masked as it comes, with the code behind it. */
export function PersonName({ row }: { readonly row: Named }) {
  const words = useWords();
  const name = usePersonName(row.subjectId, mayBeNamed(row));
  if (name === undefined) return <>{words.visitor(row.handle)}</>;
  return (
    <>
      <bdi>{safeText(name)}</bdi> <span className="person-code">{row.handle}</span>
    </>
  );
}
