import { StepPage, useStepDone } from '../notice/step-page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { FactorSetup } from './factor-setup.js';

/** The second factor that the role asks for before anything else (P-1008). */
export function FactorStepPage() {
  const words = useAccountWords();
  const done = useStepDone('second-factor');
  return (
    <StepPage screen="factor-setup" title={words.factorTitle}>
      <p>{words.factorWhy}</p>
      <FactorSetup onDone={() => void done()} />
    </StepPage>
  );
}
