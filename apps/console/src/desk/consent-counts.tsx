import { Failed, Loading } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { countText } from '../words/format.js';
import { scopeText } from '../words/personal/scope-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { type ConsentSearch, useConsentCounts } from './consent-queries.js';

interface CountsProps {
  readonly search: ConsentSearch;
  readonly onChoose: (search: ConsentSearch) => void;
}

/** How many people stand where, per scope; choosing a row filters the records below. */
export function ConsentCountsTable({ search, onChoose }: CountsProps) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const query = useConsentCounts();
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  if (query.data.items.length === 0) return null;
  const count = (value: number) => countText(value, words.locale);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    <section className="table-box" aria-label={desk.byScope} tabIndex={0}>
      <table className="counts">
        <caption className="visually-hidden">{desk.byScope}</caption>
        <thead>
          <tr>
            <th scope="col">{desk.scope}</th>
            <th scope="col">{desk.granted}</th>
            <th scope="col">{desk.superseded}</th>
            <th scope="col">{desk.refused}</th>
            <th scope="col">{desk.withdrawn}</th>
          </tr>
        </thead>
        <tbody>
          {query.data.items.map(({ scope, granted, superseded, refused, withdrawn }) => (
            <tr key={scope} data-selected={search.scope === scope || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="row-button"
                  aria-pressed={search.scope === scope}
                  onClick={() => {
                    const { scope: _before, ...rest } = search;
                    onChoose(search.scope === scope ? rest : { ...rest, scope });
                  }}
                >
                  {scopeText(scope, words, personal)}
                </button>
              </th>
              <td>{count(granted)}</td>
              <td>{count(superseded)}</td>
              <td>{count(refused)}</td>
              <td>{count(withdrawn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
