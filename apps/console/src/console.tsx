import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import enComponents from 'antd/locale/en_US';
import zhCnComponents from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import { usePreferences, useThemeMode } from './device/preferences.js';
import { router } from './router.js';
import { queryClient } from './session/session.js';
import { antdTheme } from './theme/antd-theme.js';

/** The server puts a fresh nonce into each answer of the page; only style elements that carry it are obeyed. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function Console() {
  const mode = useThemeMode();
  const { locale } = usePreferences();
  const theme = useMemo(() => antdTheme(mode), [mode]);
  return (
    <ConfigProvider
      theme={theme}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      // Always given: with and without it the tree below differs, and another language would forget what was typed.
      locale={locale === 'zh-CN' ? zhCnComponents : enComponents}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
