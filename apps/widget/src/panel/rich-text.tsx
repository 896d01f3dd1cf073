import type { JSX } from 'preact';
import { type SafeLink, textParts } from './links.js';
import { useSession } from './panel-context.js';
import { visibleText } from './text-format.js';

/** A text of somebody else's, with what leads somewhere as links. Nothing in it is ever taken for markup. */
export function RichText({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {textParts(text).map(({ at, text: part, link }) =>
        link ? <OutsideLink key={at} text={part} link={link} /> : visibleText(part),
      )}
    </>
  );
}

/** Leads to the notice first, whichever button is pressed; mail and telephone ask by themselves. */
function OutsideLink({ text, link }: { readonly text: string; readonly link: SafeLink }): JSX.Element {
  const session = useSession();
  const leave = (event: MouseEvent) => {
    if (!link.host || event.button > 1) return;
    event.preventDefault();
    session.leave(link);
  };
  return (
    <>
      <a
        class="in-text"
        href={link.href}
        target={link.host ? '_blank' : undefined}
        rel="noopener noreferrer nofollow ugc"
        referrerpolicy="no-referrer"
        onClick={leave}
        onAuxClick={leave}
      >
        {visibleText(text)}
      </a>
      {link.written ? <bdi class="meta"> ({link.host})</bdi> : null}
    </>
  );
}
