import { StepPage, useStepDone } from '../notice/step-page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { PasswordChangeForm } from './password-form.js';
import '../second-step/factor.css';

/** After an admin's link somebody else may know the password. */
export function PasswordStepPage() {
  const words = useAccountWords();
  const done = useStepDone('password');
  return (
    <StepPage screen="password-step" title={words.passwordStepTitle}>
      <p>{words.passwordStepWhy}</p>
      <PasswordChangeForm email="" onDone={() => void done()} />
    </StepPage>
  );
}
