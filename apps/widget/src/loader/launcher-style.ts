/** Styles of the host page's part. `all: initial` with importance keeps the page's own rules out. */
export function launcherStyle(brand: string, onBrand: string): string {
  return `:host{all:initial!important}
[hidden]{display:none!important}
button{position:fixed;right:20px;bottom:20px;z-index:2147483000;width:56px;height:56px;padding:0;border-radius:50%;border:1px solid color-mix(in srgb,${onBrand} 30%,transparent);background:${brand};color:${onBrand};box-shadow:0 4px 16px rgba(16,20,30,.24);cursor:pointer;display:grid;place-items:center}
button:hover{box-shadow:0 6px 20px rgba(16,20,30,.36)}
button:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 4px #000}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;top:-4px;right:-4px;box-sizing:border-box;min-width:22px;padding:0 5px;border-radius:11px;border:1px solid #fff;background:#3654cc;color:#fff;font:600 12px/20px sans-serif;text-align:center}
div{position:fixed;right:20px;bottom:88px;z-index:2147483000;width:384px;max-width:calc(100vw - 40px);height:min(640px,100vh - 108px);border-radius:16px;overflow:hidden;box-shadow:0 12px 40px rgba(16,20,30,.2),0 0 0 1px rgba(128,136,150,.3)}
iframe{display:block;border:0;width:100%;height:100%}
@media(max-width:479px){div{inset:0;width:100%;max-width:none;height:100%;border-radius:0}button[aria-expanded=true]{visibility:hidden}}
@media(forced-colors:active){button:focus-visible{outline-color:Highlight}}`;
}
