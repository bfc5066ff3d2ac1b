import { dark, declarations, light } from '@cutwater/web/charts/Theme.ts'

/** The page's whole style sheet: light and dark, desk, phone and paper. */
export const style = `
:root{color-scheme:light;${declarations(light)};
--serif:'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua','Source Serif 4',Georgia,serif;
--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Liberation Sans',Arial,sans-serif;
--mono:ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${declarations(dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 var(--serif);font-variant-numeric:lining-nums}
.page{max-width:1216px;margin:0 auto;padding:44px 32px 96px;display:grid;grid-template-columns:minmax(0,920px) 176px;
column-gap:56px}
.page>header,.page>main,.page>footer{grid-column:1}
nav{grid-column:2;grid-row:1/4;font:13px/1.35 var(--sans)}
nav ol{position:sticky;top:48px;margin:6px 0 0;padding:0 0 0 18px;list-style:none;border-left:1px solid var(--rule)}
nav li{margin:0 0 11px}
nav a{color:var(--muted);text-decoration:none}
nav a:hover,nav a:focus{color:var(--ink)}
.eyebrow{margin:0;font:600 12px/1.4 var(--sans);letter-spacing:.09em;text-transform:uppercase;color:var(--muted)}
h1{margin:6px 0 2px;font-weight:500;font-size:44px;line-height:1.12;letter-spacing:-.012em;text-wrap:balance}
.range{margin:0;color:var(--muted);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums}
.answer{margin:24px 0 6px;font-size:25px;line-height:1.38;max-width:37em;text-wrap:pretty}
.answer b{font-weight:600;white-space:nowrap}
.answer b.alarm{color:var(--alarm)}
.answer-note{margin:0;max-width:46em;color:var(--muted)}
.synthetic-note{margin:18px 0 0;padding:9px 14px;border-left:3px solid var(--alarm);background:var(--stone);font:14px/1.45 var(--sans)}
.badge{flex:none;font:700 11px/1 var(--sans);letter-spacing:.1em;color:var(--alarm);border:1px solid var(--alarm);
border-radius:2px;padding:3px 6px;white-space:nowrap}
h1 .badge{font-size:13px;vertical-align:.55em;margin-right:14px;padding:5px 8px}
section{margin:76px 0 0}
section>header{border-top:1px solid var(--rule);padding:18px 0 0;margin:0 0 18px}
h2{margin:0;font-weight:500;font-size:29px;line-height:1.2;letter-spacing:-.006em}
h2 small{font:500 15px/1 var(--sans);color:var(--muted);margin-right:12px;font-variant-numeric:tabular-nums}
.lead{margin:8px 0 0;max-width:44em;text-wrap:pretty}
h3{margin:0;font:600 15px/1.35 var(--sans)}
p{margin:0 0 10px}
figure{margin:28px 0 0;break-inside:avoid}
.figure-head{display:flex;align-items:baseline;gap:12px;margin:0 0 6px}
.hero figure{margin-top:22px}
figcaption{margin:8px 0 0;font:13.5px/1.5 var(--sans);color:var(--muted);max-width:62em}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:2px 20px;margin:0 0 10px;padding:0;font:13px/1.6 var(--sans);color:var(--muted)}
.mark{display:inline-block;margin-right:7px;background:currentColor}
.mark.box{width:11px;height:11px;vertical-align:-1px}
.mark.line{width:16px;height:2px;vertical-align:4px}
.mark.dot{width:8px;height:8px;border-radius:50%;vertical-align:0}
.mark.near{color:var(--near)}.mark.mid{color:var(--mid)}.mark.far{color:var(--far)}
.mark.alarm{color:var(--alarm)}.mark.ink{color:var(--ink)}.mark.rule{color:var(--rule)}
.chart{position:relative;outline-offset:6px}
.chart:focus-visible{outline:1px solid var(--rule)}
.chart svg{display:block;width:100%;height:auto;font-family:var(--sans);font-variant-numeric:tabular-nums;overflow:visible}
.chart[data-axis]{touch-action:pan-y}
.narrow{display:none}
.cross,.readout{position:absolute;display:none;pointer-events:none}
.reading .cross,.reading .readout{display:block}
.cross-x{top:0;bottom:0;width:0;border-left:1px solid var(--ink);opacity:.45}
.cross-y{left:0;right:0;height:30px;margin-top:-15px;background:var(--ink);opacity:.07}
.readout{z-index:2;min-width:150px;max-width:340px;padding:9px 12px;background:var(--paper);border:1px solid var(--rule);border-radius:3px;
box-shadow:0 4px 18px rgba(15,25,35,.14);font:13px/1.45 var(--sans);font-variant-numeric:tabular-nums}
.readout dl{display:grid;grid-template-columns:auto auto;gap:1px 16px;margin:5px 0 0}
.readout dt{color:var(--muted)}
.readout dd{margin:0;text-align:right}
.facts{display:grid;grid-template-columns:repeat(3,1fr);gap:22px 28px;margin:36px 0 0;font-family:var(--sans)}
.facts dt{font-size:13px;line-height:1.4;color:var(--muted)}
.facts dd{margin:2px 0 0;font-size:20px;line-height:1.3;font-variant-numeric:tabular-nums}
.facts dd small{display:block;font-size:13px;color:var(--muted)}
.scroll{overflow-x:auto;margin:14px -8px 0;padding:0 8px}
table{border-collapse:collapse;width:100%;font:13.5px/1.45 var(--sans);font-variant-numeric:tabular-nums lining-nums}
th,td{padding:5px 0 5px 13px;text-align:left;vertical-align:baseline}
.group-start>*{border-top:1px solid var(--rule)}tbody{border-bottom:1px solid var(--rule)}
th:first-child,td:first-child{padding-left:0}
thead th{font-weight:500;color:var(--muted);vertical-align:bottom;border-bottom:1px solid var(--muted);line-height:1.3}
thead th small{display:block;font-size:12px;font-weight:400}
tbody th{font-weight:500;white-space:nowrap}
.n{text-align:right;white-space:nowrap}
td.no,.no{color:var(--alarm);font-weight:600}
.quiet,.word{color:var(--muted)}
.minibar{display:block;width:56px;height:10px;margin-left:auto}
.minibar .near{fill:var(--near)}.minibar .mid{fill:var(--mid)}.minibar .far{fill:var(--far)}.minibar .alarm{fill:var(--alarm)}
.table-block{margin:34px 0 0}
.table-note{margin:8px 0 0;font:13.5px/1.5 var(--sans);color:var(--muted);max-width:62em}
.matrix td{min-width:92px}
.matrix td.n{padding-right:10px}
${shades()}
ol.log{list-style:none;margin:16px 0 0;padding:0}
ol.log li{display:grid;grid-template-columns:172px minmax(0,1fr);align-items:baseline;gap:2px 20px;padding:10px 0;border-bottom:1px solid var(--rule)}
ol.log time{font:13px/1.75 var(--sans);color:var(--muted);font-variant-numeric:tabular-nums;white-space:nowrap}
ol.log p{margin:0;overflow-wrap:anywhere}
ol.log code{font:12.5px/1.4 var(--mono);color:var(--muted)}
.tag{font:600 12px/1 var(--sans);margin-right:9px;white-space:nowrap}
.tag.hard{color:var(--alarm)}
details{margin:14px 0 0}
summary{cursor:pointer;font:14px/1.5 var(--sans);color:var(--near)}
.parameters{margin-top:14px}.parameters tbody tr+tr>*{border-top:1px solid var(--rule)}.parameters td:first-child{white-space:nowrap}
.parameters td:last-child{color:var(--muted);overflow-wrap:anywhere}
td.claim{white-space:normal !important;min-width:200px}
.notes{margin:30px 0 0;padding:0 0 0 20px}
.notes li{margin:0 0 8px;max-width:46em}
pre{margin:14px 0 0;padding:16px 18px;background:var(--stone);border-radius:3px;font:14px/1.5 var(--mono);white-space:pre-wrap;overflow-wrap:anywhere}
footer{margin:80px 0 0;padding:16px 0 0;border-top:1px solid var(--rule);font:13px/1.5 var(--sans);color:var(--muted)}
@media screen and (max-width:1160px){.page{grid-template-columns:minmax(0,1fr)}nav{display:none}}
@media screen and (max-width:640px){
body{font-size:16px}.page{padding:26px 20px 64px}h1{font-size:33px}.answer{font-size:20.5px;margin-top:18px}
h1 .badge{display:inline-block;margin-bottom:6px}
section{margin-top:56px}h2{font-size:24px}
.wide{display:none}.narrow{display:block}
.facts{grid-template-columns:repeat(2,minmax(0,1fr));gap:16px 20px}.facts dd{font-size:17px;overflow-wrap:anywhere}
.scroll{margin:14px -20px 0 0;padding:0 20px 0 0}
.scroll tbody th:first-child,.scroll thead th:first-child{position:sticky;left:0;background:var(--paper);z-index:1}
.matrix{font-size:12.5px}.matrix .word{display:none}.matrix th:first-child{white-space:normal}.matrix th+th{padding-left:6px}.matrix td{min-width:0;padding-left:6px}.matrix td.n{padding-right:5px}
ol.log li{grid-template-columns:1fr}
.parameters,.parameters tbody,.parameters tr,.parameters td{display:block;border:0;padding:0;text-align:left}
.parameters thead{display:none}.parameters tr{padding:9px 0;border-bottom:1px solid var(--rule)}
.parameters td{display:inline;margin-right:7px}.parameters td:last-child{display:block}
}
@media print{
@page{size:A4;margin:16mm 15mm}
:root{--paper:#fff;--stone:#f4f3f0}body{font-size:10.5pt}.page{display:block;max-width:none;padding:0}nav{display:none}
h1{font-size:26pt}.answer{font-size:15pt}section{margin-top:26pt}section>header,h2,h3,.figure-head,.key{break-after:avoid}section>header{break-inside:avoid}
tr,ol.log li,.table-block{break-inside:avoid}.facts dd{font-size:13pt}thead{display:table-header-group}
table{font-size:8pt}th,td{padding:3pt 0 3pt 8pt}.scroll{overflow:visible;margin:8pt 0 0;padding:0}.minibar{width:52pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`

// Ten steps of one colour: a table cell may not carry a style of its own.
function shades(): string {
  const steps = Array.from({ length: 10 }, (_, i) => {
    const share = (i + 1) * 5.5
    return `.shade-${i + 1}{background:color-mix(in srgb,var(--alarm) ${share}%,var(--paper))}`
  })
  return steps.join('')
}
