// The launcher's style. Its colours are those of engine/look/tokens.css (a test compares them), which is too big here.
export const LIGHT = "--a:#0b756d;--ah:#085f59;--oa:#ffffff";
export const DARK = "--a:#35b3a6;--ah:#4fc6ba;--oa:#04211e";

export const STYLE = `
:host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important;z-index:2147483647!important;${LIGHT}}
button{position:fixed;right:var(--parlour-right,20px);bottom:var(--parlour-bottom,20px);display:flex;align-items:center;
gap:10px;height:56px;padding:0 22px 0 18px;border:0 solid;border-radius:28px;background:var(--a);color:var(--oa);cursor:pointer;
box-shadow:0 1px 2px #10201e14,0 8px 28px #10201e29;font:600 15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
output{position:fixed;right:var(--parlour-right,20px);bottom:calc(var(--parlour-bottom,20px) + 68px);max-width:min(320px,100% - 40px);
box-sizing:border-box;padding:12px 16px;border-radius:10px;background:var(--a);color:var(--oa);box-shadow:0 1px 2px #10201e14,0 8px 28px #10201e29;
font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:inherit}
button:hover{background:var(--ah)}
button:focus-visible{outline:3px solid var(--oa);box-shadow:0 0 0 6px var(--a)}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
[aria-busy=true] svg{opacity:.5}
@media(max-width:480px){button{height:48px;padding:0 18px 0 14px}}
@media(prefers-color-scheme:dark){:host{${DARK}}}
@media(forced-colors:active){button,output{border-width:2px}}
@media print{:host{display:none!important}}`;
