import { Link } from '@tanstack/react-router';
import { useAccountWords } from '../words/account/use-account-words.js';

export function SignInLinks({ signUp }: { readonly signUp: boolean }) {
  const words = useAccountWords();
  return (
    <p className="sign-in-links">
      <Link to="/reset-password">{words.forgot}</Link>
      {signUp && <Link to="/sign-up">{words.createWorkspace}</Link>}
    </p>
  );
}

export function BackToSignIn() {
  const words = useAccountWords();
  return (
    <p className="sign-in-links">
      <Link to="/sign-in">{words.toSignIn}</Link>
    </p>
  );
}
