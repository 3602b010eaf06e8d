// The style of the chat's iframe and of the count of new messages on the launcher; comes with the first need of them.
export const LIGHT = "--s:#ffffff;--l:#dbe2e2;--p:#b3261e;--i:#17211f";
export const DARK = "--s:#182021;--l:#2e3a3b;--p:#ff9c93;--i:#e7eeed";

export const STYLE = `
:host{${LIGHT}}
iframe{position:fixed;right:var(--parlour-right,20px);bottom:calc(var(--parlour-bottom,20px) + 68px);width:380px;
height:min(600px,100vh - 108px);border:1px solid var(--l);box-sizing:border-box;border-radius:10px;background:var(--s);
box-shadow:0 1px 2px #10201e14,0 8px 28px #10201e29;visibility:hidden;opacity:0;transform:translateY(8px);
transition:opacity .15s,transform .15s,visibility 0s .15s}
iframe.small{width:340px;height:min(var(--h),100vh - 108px)}
iframe.open{visibility:visible;opacity:1;transform:none;transition-delay:0s}
b{position:absolute;top:-4px;right:-2px;min-width:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;
background:var(--p);color:var(--s);font-size:13px;line-height:22px;text-align:center}
.tells{position:fixed;right:var(--parlour-right,20px);bottom:calc(var(--parlour-bottom,20px) + 68px);
display:flex;flex-direction:column;max-width:min(300px,100% - 40px);box-sizing:border-box;padding:10px 14px;border:1px solid var(--l);
border-radius:10px;background:var(--s);color:var(--i);box-shadow:0 1px 2px #10201e14,0 8px 28px #10201e29;cursor:pointer;
font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;opacity:0;transform:translateY(8px);transition:opacity .15s,transform .15s}
.tells:not(.on){pointer-events:none;clip-path:inset(50%)}
.tells.on{opacity:1;transform:none}
.tells strong{font-weight:600}
.tells span{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.tells span:empty,button[hidden]~.tells,[hidden]{display:none}
@media(max-width:480px),(max-height:480px){iframe{inset:var(--t,0) 0 auto auto;height:var(--v,100vh);border:0;border-radius:0}
iframe.small{inset:auto 12px calc(var(--parlour-bottom,20px) + 60px) auto;height:min(var(--h),100vh - 96px);
border:1px solid var(--l);border-radius:10px}}
@media(max-width:480px){iframe{width:100%}iframe.small{width:calc(100% - 24px);height:min(var(--h),100dvh - 96px)}}
@media(max-height:480px){iframe.small{bottom:8px;height:min(var(--h),var(--v,100vh) - 16px)}}
@media(prefers-color-scheme:dark){:host{${DARK}}}
@media(prefers-reduced-motion:reduce){iframe,.tells{transition:none}}`;
