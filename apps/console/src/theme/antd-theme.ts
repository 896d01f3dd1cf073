import { type ThemeConfig, theme } from 'antd';
import { DARK, FONT, LIGHT, MONO, type Palette } from './tokens.js';

export type ThemeMode = 'light' | 'dark';
type Ours = NonNullable<ThemeConfig['token']>;

function accent(c: Palette): Ours {
  return {
    colorPrimary: c.primary,
    colorPrimaryHover: c['primary-hover'],
    colorPrimaryActive: c['primary-active'],
    colorPrimaryText: c['primary-text'],
    colorPrimaryTextHover: c['primary-text'],
    colorPrimaryTextActive: c['primary-text'],
    colorLink: c['primary-text'],
    colorLinkHover: c['primary-text'],
    colorLinkActive: c['primary-text'],
    colorPrimaryBg: c.selected,
    colorPrimaryBgHover: c.selected,
    controlItemBgActive: c.selected,
    controlItemBgActiveHover: c.selected,
    // The components draw their focus outline from this one.
    colorPrimaryBorder: c['primary-text'],
    colorPrimaryBorderHover: c['primary-text'],
    lineWidthFocus: 2,
  };
}

function textAndGround(c: Palette): Ours {
  return {
    colorText: c['text-1'],
    colorTextSecondary: c['text-2'],
    colorTextLabel: c['text-2'],
    colorTextTertiary: c['text-3'],
    colorTextQuaternary: c['text-3'],
    colorTextDescription: c['text-3'],
    colorTextPlaceholder: c['text-3'],
    colorIcon: c['text-3'],
    colorTextDisabled: c['text-disabled'],
    colorBorder: c['border-control'],
    colorBorderSecondary: c['border-subtle'],
    colorSplit: c['border-subtle'],
    colorBgLayout: c.app,
    colorBgContainer: c.surface,
    colorBgElevated: c.raised,
    controlItemBgHover: c.hover,
    colorBgSpotlight: c.spotlight,
  };
}

function meaning(c: Palette): Ours {
  return {
    colorSuccess: c.success,
    colorSuccessText: c.success,
    colorSuccessBg: c['success-bg'],
    colorSuccessBorder: c.success,
    colorWarning: c.warning,
    colorWarningText: c.warning,
    colorWarningBg: c['warning-bg'],
    colorWarningBorder: c.warning,
    colorInfo: c.info,
    colorInfoText: c.info,
    colorInfoBg: c['info-bg'],
    colorInfoBorder: c.info,
    colorError: c.danger,
    colorErrorText: c.error,
    colorErrorBg: c['error-bg'],
    colorErrorBorder: c.error,
  };
}

const SHAPE: Ours = {
  fontFamily: FONT,
  fontFamilyCode: MONO,
  fontSize: 14,
  controlHeight: 32,
  borderRadius: 6,
  borderRadiusLG: 8,
  borderRadiusSM: 4,
  motionDurationFast: '0.12s',
  motionDurationMid: '0.18s',
  motionDurationSlow: '0.24s',
  opacityLoading: 1,
};

type MapToken = ReturnType<typeof theme.defaultAlgorithm>;
const pinned = (ours: Ours): Partial<MapToken> => ours as Partial<MapToken>;

/** The tokens as the components want them; pinned by a second algorithm, because the dark one derives seeds anew. */
export function antdTheme(mode: ThemeMode): ThemeConfig {
  const c = mode === 'dark' ? DARK : LIGHT;
  const ours: Ours = { ...accent(c), ...textAndGround(c), ...meaning(c), ...SHAPE };
  const base = mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
  const exact: typeof theme.compactAlgorithm = (seed, map) => ({ ...(map ?? base(seed)), ...pinned(ours) });
  return {
    algorithm: [base, exact],
    token: ours,
    cssVar: { key: `custodia-${mode}` },
    hashed: false,
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        // The hover tint of the filled button is too faint for text on the dark ground.
        defaultHoverColor: c['primary-text'],
        defaultHoverBorderColor: c['primary-text'],
        defaultActiveColor: c['primary-text'],
        defaultActiveBorderColor: c['primary-text'],
        ...(mode === 'dark' ? { dangerColor: c['on-danger'] } : {}),
      },
    },
  };
}
