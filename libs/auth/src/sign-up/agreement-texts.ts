import type { AgreementTexts } from '@libs/contracts';
import { textHash } from '@libs/privacy-core';

type Locale = AgreementTexts['locale'];
type Item = AgreementTexts['items'][number];

/** Counts up with every change of what a text means; the texts in force are named by their hash besides. */
const VERSION = 1;

const WORDS: Readonly<Record<Locale, readonly Omit<Item, 'version'>[]>> = {
  'zh-CN': [
    {
      kind: 'privacy-policy',
      title: '隐私政策',
      text:
        '为开通和保护你的账号，我们处理你的姓名、邮箱、手机号和密码（仅保存加盐散列），以及登录时间、网络地址和浏览器信息。' +
        '邮箱和手机号加密保存，仅用于登录、安全通知和找回账号。账号注销后，除法律要求保存的网络日志外全部删除。' +
        '你可以随时查看、更正、导出或删除这些信息。',
    },
    {
      kind: 'processing-terms',
      title: '委托处理条款',
      text:
        '工作区内的客户信息由你的组织决定处理目的和方式，我们仅按工作区的处理登记和指示处理，不用于其他目的。' +
        '未经你的组织同意，不转委托、不向他人提供。终止后，我们按你的组织的选择返还或删除全部信息。',
    },
    { kind: 'adult', title: '年龄声明', text: '我已年满18周岁，并有权代表该组织开通工作区。' },
  ],
  en: [
    {
      kind: 'privacy-policy',
      title: 'Privacy policy',
      text:
        'To open and protect your account we process your name, e-mail, mobile number and password (kept only as a salted ' +
        'hash), and the time, network address and browser of sign-ins. E-mail and number are kept encrypted and used only ' +
        'for signing in, security notices and recovering the account. When the account ends, all of it is erased, except ' +
        'network logs that the law makes us keep. You may see, correct, export or erase it at any time.',
    },
    {
      kind: 'processing-terms',
      title: 'Processing terms',
      text:
        'Your organisation decides why and how the data of its customers is processed in the workspace. We process it only ' +
        'by the workspace’s register and instructions, pass it to nobody without your organisation’s consent, and return or ' +
        'erase all of it at the end, as your organisation chooses.',
    },
    {
      kind: 'adult',
      title: 'Age',
      text: 'I am at least 18 years old and entitled to open a workspace for this organisation.',
    },
  ],
};

function published(locale: Locale): AgreementTexts {
  const items = WORDS[locale].map((item) => ({ ...item, version: VERSION }));
  return { locale, hash: textHash(JSON.stringify([locale, items])), items };
}

const PUBLISHED: readonly AgreementTexts[] = [published('zh-CN'), published('en')];

/** The texts in force; Chinese where another language is asked for. */
export function agreementTexts(locale: string): AgreementTexts {
  return PUBLISHED.find((texts) => texts.locale === locale) ?? PUBLISHED[0]!;
}

/** The texts in force that have this hash; undefined when they have changed, or never were. */
export function agreementTextsShown(hash: string): AgreementTexts | undefined {
  return PUBLISHED.find((texts) => texts.hash === hash);
}
