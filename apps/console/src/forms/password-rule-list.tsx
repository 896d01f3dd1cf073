import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useAccountWords } from '../words/account/use-account-words.js';
import { rulesOf } from './password-rules.js';
import './forms.css';

/** The rules of a new password, each with its state while one types. */
export function PasswordRules({ id, password, email }: { id: string; password: string; email: string }) {
  const words = useAccountWords();
  const met = rulesOf(password, email);
  const rules = [
    ['length', words.ruleLength],
    ['different', words.ruleDifferent],
    ['common', words.ruleCommon],
  ] as const;
  return (
    <ul id={id} className="password-rules">
      {rules.map(([rule, text]) => (
        <li key={rule} data-met={met[rule]}>
          {met[rule] ? <CheckCircleOutlined aria-hidden /> : <MinusCircleOutlined aria-hidden />}
          {text}
          <span className="visually-hidden">{met[rule] ? words.ruleMet : words.ruleOpen}</span>
        </li>
      ))}
    </ul>
  );
}
