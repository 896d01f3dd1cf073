import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';

export function SaveError({ error }: { readonly error: unknown }) {
  const words = useWords();
  if (!error) return null;
  return (
    <p role="alert" className="bar bar-error">
      {errorText(error, words)}
    </p>
  );
}
