import type { InboxDetail } from '@libs/contracts';

/** Code for one kind of site, to be copied as it is. */
export interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** How the widget gets into a site. The key is public and has no characters that need escaping. */
export function snippetsFor({ key, widgetOrigin, hostedUrl }: InboxDetail): readonly Snippet[] {
  const source = `${widgetOrigin}/widget/loader.js`;
  const body = [
    "const script = document.createElement('script');",
    `script.src = '${source}';`,
    `script.dataset.inbox = '${key}';`,
    'script.async = true;',
    'document.body.append(script);',
  ];
  const indented = body.map((line) => `    ${line}`).join('\n');
  return [
    { name: 'HTML', code: `<script src="${source}" data-inbox="${key}" async></script>` },
    {
      name: 'React',
      code: `import { useEffect } from 'react';\n\nexport function SupportChat() {\n  useEffect(() => {\n${indented}\n  }, []);\n  return null;\n}`,
    },
    {
      name: 'Vue',
      code: `<script setup>\nimport { onMounted } from 'vue';\n\nonMounted(() => {\n${body.map((line) => `  ${line}`).join('\n')}\n});\n</script>`,
    },
    { name: 'WeChat web-view', code: `<web-view src="${hostedUrl}"></web-view>` },
  ];
}
