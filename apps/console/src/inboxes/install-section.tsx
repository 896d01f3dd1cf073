import type { InboxDetail } from '@libs/contracts';
import { QRCode } from 'antd';
import { CopyButton } from './copy-button.js';
import { snippetsFor } from './snippets.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Code for the site, and the page that needs none. */
export function InstallSection({ inbox }: { readonly inbox: InboxDetail }) {
  const words = useInboxWords();
  return (
    <>
      <p className="quiet">{words.installHint}</p>
      {snippetsFor(inbox).map(({ name, code }) => (
        <section key={name} className="snippet" aria-label={name}>
          <div className="snippet-head">
            <h3>{name}</h3>
            <CopyButton text={code} label={words.copyOf(name)} />
          </div>
          <textarea
            className="snippet-code"
            readOnly
            rows={code.split('\n').length}
            aria-label={name}
            value={code}
            onFocus={(event) => event.target.select()}
          />
        </section>
      ))}
      <section className="snippet" aria-labelledby="hosted-title">
        <h3 id="hosted-title">{words.hosted}</h3>
        <p className="quiet">{words.hostedHint}</p>
        <div className="hosted-row">
          <a href={inbox.hostedUrl} target="_blank" rel="noreferrer">
            {inbox.hostedUrl}
          </a>
          <CopyButton text={inbox.hostedUrl} label={`${words.copy} ${words.hostedLink}`} />
        </div>
        <figure className="qr">
          <div aria-hidden>
            <QRCode type="svg" value={inbox.hostedUrl} size={168} color="#000000" bgColor="#FFFFFF" />
          </div>
          <figcaption className="meta">{words.qr}</figcaption>
        </figure>
      </section>
    </>
  );
}
