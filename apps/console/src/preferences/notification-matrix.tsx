import { NOTIFICATION_KINDS, NOTIFICATION_WAYS, type NotificationMatrix } from '@libs/contracts';
import { usePreferenceWords } from '../words/around/use-around-words.js';
import { turned } from './notification-choice.js';
import { savePreferences } from './own-preferences.js';

/** What the member is told of, and how. */
export function NotificationMatrixTable({ matrix }: { readonly matrix: NotificationMatrix }) {
  const words = usePreferenceWords();
  return (
    <table className="notify-table">
      <caption className="visually-hidden">{words.notifications}</caption>
      <thead>
        <tr>
          <th scope="col">{words.tellOf}</th>
          {NOTIFICATION_WAYS.map((way) => (
            <th key={way} scope="col">
              {words.ways[way]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NOTIFICATION_KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{words.kinds[kind]}</th>
            {NOTIFICATION_WAYS.map((way) => (
              <td key={way}>
                <label className="notify-cell">
                  <input
                    type="checkbox"
                    aria-label={words.tellBy(words.kinds[kind], words.ways[way])}
                    checked={matrix[kind].includes(way)}
                    onChange={() => void savePreferences({ notify: turned(matrix, kind, way) })}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
