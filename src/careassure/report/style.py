"""How the page looks: on a screen of any width, by day and by night, and on paper."""

from __future__ import annotations

from careassure.model.markup import Html

STYLE = Html("""
:root{color-scheme:light dark;--ink:#16191d;--soft:#4b545d;--paper:#fff;--wash:#f3f4f6;--line:#c9ced4;--link:#0b4f8a;
--g0:#801650;--g1:#f46a25;--g2:#28a197;--g3:#12436d;--g4:#a285d1;--g5:#3d3d3d;
--s0:#f6dbe8;--s1:#fde3d5;--s2:#dcf1ee;--s3:#cfdff0;--warn:#801650}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e9ecef;--soft:#b3bcc5;--paper:#14181c;--wash:#1f252b;
--line:#48525c;--link:#8cc3f5;--g0:#e58ab8;--g3:#7fb2e5;--g5:#b9c0c7;
--s0:#552040;--s1:#5a2f16;--s2:#14433f;--s3:#1b3f63;--warn:#f0a5c9}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem clamp(1rem,2vw,2rem) 3rem;max-width:100rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
overflow-wrap:break-word}
h1{font-size:clamp(1.5rem,1.1rem + 1.8vw,2.25rem);line-height:1.2;margin:0 0 .75rem;max-width:30em;text-wrap:balance}
h2{font-size:1.375rem;line-height:1.3;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:3px solid var(--ink)}
h3{font-size:1.0625rem;margin:1.5rem 0 .5rem}
p,li{max-width:46rem}
p{margin:0 0 .875rem}
ul,ol{padding-left:1.25rem;margin:0 0 .875rem}
li{margin-bottom:.375rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #f46a25;outline-offset:2px}
.lead{font-size:1.1875rem}
.soft{color:var(--soft)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin:1.25rem 0;
padding:0;max-width:60rem;list-style:none}
.tiles li{margin:0;padding:.75rem 1rem;background:var(--wash);border-left:6px solid var(--g5)}
.tiles .agrees{border-color:var(--g2)}.tiles .differs{border-color:var(--g0)}
.tiles b{display:block;font-size:2.25rem;line-height:1.1;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0 0}
nav li{margin:0}
figure{margin:1rem 0}
.scroll{overflow-x:auto}
svg.ladder{display:block;width:100%;min-width:50rem;max-width:75rem;height:auto;background:var(--paper)}
svg text{font-size:13px;fill:var(--ink);text-anchor:middle}
svg .name{text-anchor:start;font-weight:700;font-size:14px}
svg .span,svg .tick,svg .count{fill:var(--soft);font-size:12.5px}
svg .set{font-weight:700;fill:var(--ink)}
svg .extreme{text-anchor:start;font-weight:600;paint-order:stroke;stroke:var(--paper);
stroke-width:4px;stroke-linejoin:round}
svg .end{text-anchor:end}
svg .axis{stroke:var(--soft)}svg .edge{stroke:var(--soft);stroke-dasharray:4 3}
.g0{fill:var(--g0)}.g1{fill:var(--g1)}.g2{fill:var(--g2)}.g3{fill:var(--g3)}.g4{fill:var(--g4)}.g5{fill:var(--g5)}
.open{fill:none;stroke:var(--g5);stroke-width:1.5}
i{display:inline-block;width:.75em;height:.75em;vertical-align:-.03em}
i.g0{background:var(--g0);clip-path:polygon(0 0,100% 0,50% 100%)}
i.g1{background:var(--g1);clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}
i.g2{background:var(--g2);clip-path:circle(50%)}
i.g3{background:var(--g3);clip-path:polygon(0 100%,100% 100%,50% 0)}
i.g4{background:var(--g4)}
i.g5{background:var(--g5);clip-path:polygon(0 0,50% 50%,100% 0,100% 100%,50% 50%,0 100%)}
figcaption,caption{color:var(--soft);text-align:left;max-width:60rem}
caption{padding-bottom:.5rem}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.8125rem;line-height:1.4;margin:1rem 0}
.sheet{font-size:.78125rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid var(--line)}
.sheet th,.sheet td{padding:.4rem .375rem}
thead{position:sticky;top:0;z-index:1}
thead th{background:var(--wash);vertical-align:bottom;border-bottom:2px solid var(--ink)}
tbody th small,td small{display:block;font-weight:400;font-size:1em;color:var(--soft)}
tbody tr:target{outline:3px solid #f46a25}
abbr{text-decoration:none}
thead .s{padding:.4rem 0;width:2.1rem;min-width:2.1rem;text-align:center}
thead .s abbr{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:7.5rem;text-align:left;
font-weight:600;line-height:1.1;white-space:normal}
thead .theme{text-align:center;border-bottom:1px solid var(--line);font-weight:400;color:var(--soft);
line-height:1.15;border-left:2px solid var(--paper)}
td.s{text-align:center;border:1px solid var(--paper);border-bottom-color:var(--line);padding-left:.1rem;
padding-right:.1rem;font-weight:600;font-variant-numeric:tabular-nums}
.sheet td.s.none{font-weight:400;color:var(--soft)}
.l0{background:var(--s0)}.l1{background:var(--s1)}.l2{background:var(--s2)}.l3{background:var(--s3)}
.sheet .council{width:9.5em}.sheet .date{width:7.5em}.sheet .half{width:8.25em}.sheet .how-near{width:13em}
.sheet .check{width:6.5em}.sheet .few{width:4.5em}
.together{white-space:nowrap}
.near{display:block}.one{font-weight:700}
.differs .status,.alert{color:var(--warn);font-weight:700}
.sheet a{scroll-margin-top:14rem}
.columns{columns:22rem;column-gap:2rem}
.columns li{break-inside:avoid}
.wide{overflow:auto;max-height:90vh}
.wide table{width:max-content;min-width:100%}.wide td>div{max-width:17em}
.narrow{max-width:72rem}
.hint{display:none}
@media screen and (max-width:51.99rem){.hint{display:inline}}
@media screen and (max-width:79.99rem){
 .stack,.stack tbody{display:block}
 .stack caption{display:block}
 .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .stack tbody{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:.75rem;
 align-items:start}
 .stack tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));border:1px solid var(--line);
 padding:.625rem .75rem;font-size:.875rem}
 .sheet.stack th,.sheet.stack td,.stack th,.stack td{grid-column:1/-1;border:0;padding:.1875rem 0}
 .stack th{font-size:1.0625rem}
 .stack td[data-head]:not(.s){display:grid;grid-template-columns:6.5rem minmax(0,1fr);column-gap:.5rem}
 .stack td[data-head]::before{content:attr(data-head);color:var(--soft);font-weight:400}
 .stack td>div{min-width:0}
 .sheet.stack td.s{grid-column:auto;display:flex;justify-content:space-between;align-items:center;gap:.25rem;
 border:2px solid var(--paper);padding:.1875rem .375rem;text-align:left}
 .stack td.s::before{font-size:.75rem;line-height:1.15;min-width:0;color:var(--ink);hyphens:auto}
 .wide{overflow:visible;max-height:none}
 .wide table{width:100%}.wide td>div{max-width:none}
}
@page{size:A4 landscape;margin:11mm}
@media print{
 :root{color-scheme:light}
 body{padding:0;max-width:none;font-size:9.5pt}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
 nav{display:none}
 #table{break-before:page}
 h1{font-size:17pt}h2{font-size:13pt;margin-top:12pt;break-after:avoid}
 h3{break-after:avoid}
 .lead{font-size:11pt}p{margin-bottom:6pt}
 p,li,figcaption,caption{max-width:none}figure{margin:6pt 0}
 .tiles{margin:6pt 0}.tiles li{padding:4pt 8pt}.tiles b{font-size:18pt}
 .tiles{grid-template-columns:repeat(3,1fr)}
 table{font-size:7.5pt}.sheet{font-size:6.6pt;line-height:1.3}
 .sheet th,.sheet td{padding:2pt 2.5pt}
 thead{position:static}
 thead .s{width:16pt;min-width:16pt}
 thead .s abbr{max-height:70pt}
 tr,li,figure,.tiles{break-inside:avoid}
 svg.ladder{min-width:0;max-width:18cm}
 .wide{overflow:visible;max-height:none}
 .wide table{width:100%}
 a{color:inherit}
}
""")
