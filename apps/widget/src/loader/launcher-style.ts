import type { InboxSettings } from '@libs/contracts';

/**
 * Styles of the host page's part. `all: initial` with importance keeps the page's own rules out: inside a shadow tree
 * an important rule is stronger than any of the page's.
 */
export function launcherStyle({ theme, place }: InboxSettings): string {
  const { brand, onBrand } = theme;
  const { side, x, y } = place ?? { side: 'right', x: 20, y: 20 };
  return `:host{all:initial!important}
[hidden]{display:none!important}
button,div{position:fixed;${side}:${x}px;bottom:${y}px;z-index:2147483000}
button{width:56px;height:56px;padding:0;border-radius:50%;border:1px solid color-mix(in srgb,${onBrand} 30%,transparent);background:${brand};color:${onBrand};box-shadow:0 4px 16px rgba(16,20,30,.3);cursor:pointer;display:grid;place-items:center}
button:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 4px #000}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;top:-4px;right:-4px;box-sizing:border-box;min-width:22px;padding:0 5px;border-radius:11px;border:1px solid;background:${onBrand};color:${brand};font:600 12px/20px sans-serif}
div{bottom:${y + 68}px;width:min(384px,100vw - ${x + 8}px);height:min(640px,100vh - ${y + 76}px);border-radius:16px;overflow:hidden;box-shadow:0 4px 40px rgba(16,20,30,.3),0 0 0 1px rgba(16,20,30,.3)}
iframe{display:block;border:0;width:100%;height:100%}
@media(max-height:479px){div{bottom:0;height:100vh}}
@media(max-width:479px){div{inset:0;width:100%;height:100%;border-radius:0}}
@media(max-width:479px),(max-height:479px){button[aria-expanded=true]{visibility:hidden}}`;
}
