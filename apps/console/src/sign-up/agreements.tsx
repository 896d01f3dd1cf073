import { ApiError } from '@libs/api-client';
import type { AgreementTexts, SignUpAgreements } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { CheckField } from '../forms/check-field.js';
import type { Form } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { Failed } from '../shell/page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import type { AccountWords } from '../words/account/zh-cn.js';
import { useWords } from '../words/use-words.js';

/** What is ticked; nothing is beforehand. */
export const NO_TICKS = { privacyPolicy: false, processingTerms: false, adult: false };
type Ticks = typeof NO_TICKS;

export function tickFaults(ticks: Ticks, words: AccountWords) {
  return {
    privacyPolicy: ticks.privacyPolicy ? '' : words.policyMissing,
    processingTerms: ticks.processingTerms ? '' : words.termsMissing,
    adult: ticks.adult ? '' : words.adultMissing,
  };
}

/** The texts in force, in the language of the page; read again when they were replaced meanwhile. */
export function useAgreements() {
  const { locale } = useWords();
  const query = useQuery({
    queryKey: ['me', 'agreements', locale],
    queryFn: ({ signal }) => accountApi.agreements(locale, signal),
    staleTime: 60_000,
  });
  return {
    ...{ texts: query.data, error: query.error, retry: () => void query.refetch() },
    agreed: ({ privacyPolicy, processingTerms, adult }: Ticks): SignUpAgreements => ({
      ...{ privacyPolicy, processingTerms, adult },
      shown: query.data?.hash ?? '',
    }),
    /** Where the refusal was that the texts changed: they are fetched anew, and nothing is ticked any more. */
    afterRefusal: (error: unknown, form: Form<Ticks>) => {
      if (!(error instanceof ApiError && error.code === 'account.agreement-superseded')) return;
      void query.refetch();
      for (const tick of Object.keys(NO_TICKS) as (keyof Ticks)[]) form.set(tick, false);
    },
  };
}

interface AgreementsProps {
  readonly form: Form<Ticks>;
  readonly agreements: ReturnType<typeof useAgreements>;
}

/** Two agreements and the age, each by its own tick, each with its whole text at hand. */
export function Agreements({ form, agreements: { texts, error, retry } }: AgreementsProps) {
  const words = useAccountWords();
  if (error && !texts) return <Failed error={error} retry={retry} />;
  return (
    <>
      <CheckField form={form} name="privacyPolicy" label={words.agreePolicy} needed>
        <WholeText texts={texts} kind="privacy-policy" />
      </CheckField>
      <CheckField form={form} name="processingTerms" label={words.agreeTerms} needed>
        <WholeText texts={texts} kind="processing-terms" />
      </CheckField>
      <CheckField form={form} name="adult" label={textOf(texts, 'adult') ?? words.adult} needed />
    </>
  );
}

type Kind = AgreementTexts['items'][number]['kind'];

function textOf(texts: AgreementTexts | undefined, kind: Kind): string | undefined {
  return texts?.items.find((item) => item.kind === kind)?.text;
}

function WholeText({ texts, kind }: { readonly texts: AgreementTexts | undefined; readonly kind: Kind }) {
  const words = useAccountWords();
  const item = texts?.items.find((one) => one.kind === kind);
  if (!item) return null;
  return (
    <details>
      <summary>
        {words.readText}
        <span className="visually-hidden">{item.title}</span>
      </summary>
      <p className="reading">{item.text}</p>
    </details>
  );
}
