/**
 * The committed run records as text, by name. Written by `deno task experiments`.
 *
 * @module
 */

import text0 from "./activation/sigmoid/seed-0.diagnostics.json" with { type: "text" };
import text1 from "./activation/sigmoid/seed-0.json" with { type: "text" };
import text2 from "./activation/sigmoid/seed-1.diagnostics.json" with { type: "text" };
import text3 from "./activation/sigmoid/seed-1.json" with { type: "text" };
import text4 from "./activation/sigmoid/seed-2.diagnostics.json" with { type: "text" };
import text5 from "./activation/sigmoid/seed-2.json" with { type: "text" };
import text6 from "./activation/sigmoid/seed-3.diagnostics.json" with { type: "text" };
import text7 from "./activation/sigmoid/seed-3.json" with { type: "text" };
import text8 from "./activation/sigmoid/seed-4.diagnostics.json" with { type: "text" };
import text9 from "./activation/sigmoid/seed-4.json" with { type: "text" };
import text10 from "./activation/sigmoid/seed-5.diagnostics.json" with { type: "text" };
import text11 from "./activation/sigmoid/seed-5.json" with { type: "text" };
import text12 from "./activation/sigmoid/seed-6.diagnostics.json" with { type: "text" };
import text13 from "./activation/sigmoid/seed-6.json" with { type: "text" };
import text14 from "./activation/sigmoid/seed-7.diagnostics.json" with { type: "text" };
import text15 from "./activation/sigmoid/seed-7.json" with { type: "text" };
import text16 from "./activation/sigmoid/seed-8.diagnostics.json" with { type: "text" };
import text17 from "./activation/sigmoid/seed-8.json" with { type: "text" };
import text18 from "./activation/sigmoid/seed-9.diagnostics.json" with { type: "text" };
import text19 from "./activation/sigmoid/seed-9.json" with { type: "text" };
import text20 from "./activation/softmax/seed-0.diagnostics.json" with { type: "text" };
import text21 from "./activation/softmax/seed-0.json" with { type: "text" };
import text22 from "./activation/softmax/seed-1.diagnostics.json" with { type: "text" };
import text23 from "./activation/softmax/seed-1.json" with { type: "text" };
import text24 from "./activation/softmax/seed-2.diagnostics.json" with { type: "text" };
import text25 from "./activation/softmax/seed-2.json" with { type: "text" };
import text26 from "./activation/softmax/seed-3.diagnostics.json" with { type: "text" };
import text27 from "./activation/softmax/seed-3.json" with { type: "text" };
import text28 from "./activation/softmax/seed-4.diagnostics.json" with { type: "text" };
import text29 from "./activation/softmax/seed-4.json" with { type: "text" };
import text30 from "./activation/softmax/seed-5.diagnostics.json" with { type: "text" };
import text31 from "./activation/softmax/seed-5.json" with { type: "text" };
import text32 from "./activation/softmax/seed-6.diagnostics.json" with { type: "text" };
import text33 from "./activation/softmax/seed-6.json" with { type: "text" };
import text34 from "./activation/softmax/seed-7.diagnostics.json" with { type: "text" };
import text35 from "./activation/softmax/seed-7.json" with { type: "text" };
import text36 from "./activation/softmax/seed-8.diagnostics.json" with { type: "text" };
import text37 from "./activation/softmax/seed-8.json" with { type: "text" };
import text38 from "./activation/softmax/seed-9.diagnostics.json" with { type: "text" };
import text39 from "./activation/softmax/seed-9.json" with { type: "text" };
import text40 from "./activation/tanh/seed-0.diagnostics.json" with { type: "text" };
import text41 from "./activation/tanh/seed-0.json" with { type: "text" };
import text42 from "./activation/tanh/seed-1.diagnostics.json" with { type: "text" };
import text43 from "./activation/tanh/seed-1.json" with { type: "text" };
import text44 from "./activation/tanh/seed-2.diagnostics.json" with { type: "text" };
import text45 from "./activation/tanh/seed-2.json" with { type: "text" };
import text46 from "./activation/tanh/seed-3.diagnostics.json" with { type: "text" };
import text47 from "./activation/tanh/seed-3.json" with { type: "text" };
import text48 from "./activation/tanh/seed-4.diagnostics.json" with { type: "text" };
import text49 from "./activation/tanh/seed-4.json" with { type: "text" };
import text50 from "./activation/tanh/seed-5.diagnostics.json" with { type: "text" };
import text51 from "./activation/tanh/seed-5.json" with { type: "text" };
import text52 from "./activation/tanh/seed-6.diagnostics.json" with { type: "text" };
import text53 from "./activation/tanh/seed-6.json" with { type: "text" };
import text54 from "./activation/tanh/seed-7.diagnostics.json" with { type: "text" };
import text55 from "./activation/tanh/seed-7.json" with { type: "text" };
import text56 from "./activation/tanh/seed-8.diagnostics.json" with { type: "text" };
import text57 from "./activation/tanh/seed-8.json" with { type: "text" };
import text58 from "./activation/tanh/seed-9.diagnostics.json" with { type: "text" };
import text59 from "./activation/tanh/seed-9.json" with { type: "text" };
import text60 from "./article/residual-a/seed-0.diagnostics.json" with { type: "text" };
import text61 from "./article/residual-a/seed-0.json" with { type: "text" };
import text62 from "./article/residual-a/seed-1.diagnostics.json" with { type: "text" };
import text63 from "./article/residual-a/seed-1.json" with { type: "text" };
import text64 from "./article/residual-a/seed-2.diagnostics.json" with { type: "text" };
import text65 from "./article/residual-a/seed-2.json" with { type: "text" };
import text66 from "./article/residual-a/seed-3.diagnostics.json" with { type: "text" };
import text67 from "./article/residual-a/seed-3.json" with { type: "text" };
import text68 from "./article/residual-a/seed-4.diagnostics.json" with { type: "text" };
import text69 from "./article/residual-a/seed-4.json" with { type: "text" };
import text70 from "./article/residual-a/seed-5.diagnostics.json" with { type: "text" };
import text71 from "./article/residual-a/seed-5.json" with { type: "text" };
import text72 from "./article/residual-a/seed-6.diagnostics.json" with { type: "text" };
import text73 from "./article/residual-a/seed-6.json" with { type: "text" };
import text74 from "./article/residual-a/seed-7.diagnostics.json" with { type: "text" };
import text75 from "./article/residual-a/seed-7.json" with { type: "text" };
import text76 from "./article/residual-a/seed-8.diagnostics.json" with { type: "text" };
import text77 from "./article/residual-a/seed-8.json" with { type: "text" };
import text78 from "./article/residual-a/seed-9.diagnostics.json" with { type: "text" };
import text79 from "./article/residual-a/seed-9.json" with { type: "text" };
import text80 from "./article/residual/seed-0.diagnostics.json" with { type: "text" };
import text81 from "./article/residual/seed-0.json" with { type: "text" };
import text82 from "./article/residual/seed-1.diagnostics.json" with { type: "text" };
import text83 from "./article/residual/seed-1.json" with { type: "text" };
import text84 from "./article/residual/seed-10.diagnostics.json" with { type: "text" };
import text85 from "./article/residual/seed-10.json" with { type: "text" };
import text86 from "./article/residual/seed-11.diagnostics.json" with { type: "text" };
import text87 from "./article/residual/seed-11.json" with { type: "text" };
import text88 from "./article/residual/seed-12.diagnostics.json" with { type: "text" };
import text89 from "./article/residual/seed-12.json" with { type: "text" };
import text90 from "./article/residual/seed-13.diagnostics.json" with { type: "text" };
import text91 from "./article/residual/seed-13.json" with { type: "text" };
import text92 from "./article/residual/seed-14.diagnostics.json" with { type: "text" };
import text93 from "./article/residual/seed-14.json" with { type: "text" };
import text94 from "./article/residual/seed-15.diagnostics.json" with { type: "text" };
import text95 from "./article/residual/seed-15.json" with { type: "text" };
import text96 from "./article/residual/seed-16.diagnostics.json" with { type: "text" };
import text97 from "./article/residual/seed-16.json" with { type: "text" };
import text98 from "./article/residual/seed-17.diagnostics.json" with { type: "text" };
import text99 from "./article/residual/seed-17.json" with { type: "text" };
import text100 from "./article/residual/seed-18.diagnostics.json" with { type: "text" };
import text101 from "./article/residual/seed-18.json" with { type: "text" };
import text102 from "./article/residual/seed-19.diagnostics.json" with { type: "text" };
import text103 from "./article/residual/seed-19.json" with { type: "text" };
import text104 from "./article/residual/seed-2.diagnostics.json" with { type: "text" };
import text105 from "./article/residual/seed-2.json" with { type: "text" };
import text106 from "./article/residual/seed-3.diagnostics.json" with { type: "text" };
import text107 from "./article/residual/seed-3.json" with { type: "text" };
import text108 from "./article/residual/seed-4.diagnostics.json" with { type: "text" };
import text109 from "./article/residual/seed-4.json" with { type: "text" };
import text110 from "./article/residual/seed-5.diagnostics.json" with { type: "text" };
import text111 from "./article/residual/seed-5.json" with { type: "text" };
import text112 from "./article/residual/seed-6.diagnostics.json" with { type: "text" };
import text113 from "./article/residual/seed-6.json" with { type: "text" };
import text114 from "./article/residual/seed-7.diagnostics.json" with { type: "text" };
import text115 from "./article/residual/seed-7.json" with { type: "text" };
import text116 from "./article/residual/seed-8.diagnostics.json" with { type: "text" };
import text117 from "./article/residual/seed-8.json" with { type: "text" };
import text118 from "./article/residual/seed-9.diagnostics.json" with { type: "text" };
import text119 from "./article/residual/seed-9.json" with { type: "text" };
import text120 from "./depth/plain-adam-16/seed-0.diagnostics.json" with { type: "text" };
import text121 from "./depth/plain-adam-16/seed-0.json" with { type: "text" };
import text122 from "./depth/plain-adam-16/seed-1.diagnostics.json" with { type: "text" };
import text123 from "./depth/plain-adam-16/seed-1.json" with { type: "text" };
import text124 from "./depth/plain-adam-16/seed-2.diagnostics.json" with { type: "text" };
import text125 from "./depth/plain-adam-16/seed-2.json" with { type: "text" };
import text126 from "./depth/plain-adam-16/seed-3.diagnostics.json" with { type: "text" };
import text127 from "./depth/plain-adam-16/seed-3.json" with { type: "text" };
import text128 from "./depth/plain-adam-16/seed-4.diagnostics.json" with { type: "text" };
import text129 from "./depth/plain-adam-16/seed-4.json" with { type: "text" };
import text130 from "./depth/plain-adam-2/seed-0.diagnostics.json" with { type: "text" };
import text131 from "./depth/plain-adam-2/seed-0.json" with { type: "text" };
import text132 from "./depth/plain-adam-2/seed-1.diagnostics.json" with { type: "text" };
import text133 from "./depth/plain-adam-2/seed-1.json" with { type: "text" };
import text134 from "./depth/plain-adam-2/seed-2.diagnostics.json" with { type: "text" };
import text135 from "./depth/plain-adam-2/seed-2.json" with { type: "text" };
import text136 from "./depth/plain-adam-2/seed-3.diagnostics.json" with { type: "text" };
import text137 from "./depth/plain-adam-2/seed-3.json" with { type: "text" };
import text138 from "./depth/plain-adam-2/seed-4.diagnostics.json" with { type: "text" };
import text139 from "./depth/plain-adam-2/seed-4.json" with { type: "text" };
import text140 from "./depth/plain-adam-4/seed-0.diagnostics.json" with { type: "text" };
import text141 from "./depth/plain-adam-4/seed-0.json" with { type: "text" };
import text142 from "./depth/plain-adam-4/seed-1.diagnostics.json" with { type: "text" };
import text143 from "./depth/plain-adam-4/seed-1.json" with { type: "text" };
import text144 from "./depth/plain-adam-4/seed-2.diagnostics.json" with { type: "text" };
import text145 from "./depth/plain-adam-4/seed-2.json" with { type: "text" };
import text146 from "./depth/plain-adam-4/seed-3.diagnostics.json" with { type: "text" };
import text147 from "./depth/plain-adam-4/seed-3.json" with { type: "text" };
import text148 from "./depth/plain-adam-4/seed-4.diagnostics.json" with { type: "text" };
import text149 from "./depth/plain-adam-4/seed-4.json" with { type: "text" };
import text150 from "./depth/plain-adam-8/seed-0.diagnostics.json" with { type: "text" };
import text151 from "./depth/plain-adam-8/seed-0.json" with { type: "text" };
import text152 from "./depth/plain-adam-8/seed-1.diagnostics.json" with { type: "text" };
import text153 from "./depth/plain-adam-8/seed-1.json" with { type: "text" };
import text154 from "./depth/plain-adam-8/seed-2.diagnostics.json" with { type: "text" };
import text155 from "./depth/plain-adam-8/seed-2.json" with { type: "text" };
import text156 from "./depth/plain-adam-8/seed-3.diagnostics.json" with { type: "text" };
import text157 from "./depth/plain-adam-8/seed-3.json" with { type: "text" };
import text158 from "./depth/plain-adam-8/seed-4.diagnostics.json" with { type: "text" };
import text159 from "./depth/plain-adam-8/seed-4.json" with { type: "text" };
import text160 from "./depth/plain-sgd-16/seed-0.diagnostics.json" with { type: "text" };
import text161 from "./depth/plain-sgd-16/seed-0.json" with { type: "text" };
import text162 from "./depth/plain-sgd-16/seed-1.diagnostics.json" with { type: "text" };
import text163 from "./depth/plain-sgd-16/seed-1.json" with { type: "text" };
import text164 from "./depth/plain-sgd-16/seed-2.diagnostics.json" with { type: "text" };
import text165 from "./depth/plain-sgd-16/seed-2.json" with { type: "text" };
import text166 from "./depth/plain-sgd-16/seed-3.diagnostics.json" with { type: "text" };
import text167 from "./depth/plain-sgd-16/seed-3.json" with { type: "text" };
import text168 from "./depth/plain-sgd-16/seed-4.diagnostics.json" with { type: "text" };
import text169 from "./depth/plain-sgd-16/seed-4.json" with { type: "text" };
import text170 from "./depth/plain-sgd-2/seed-0.diagnostics.json" with { type: "text" };
import text171 from "./depth/plain-sgd-2/seed-0.json" with { type: "text" };
import text172 from "./depth/plain-sgd-2/seed-1.diagnostics.json" with { type: "text" };
import text173 from "./depth/plain-sgd-2/seed-1.json" with { type: "text" };
import text174 from "./depth/plain-sgd-2/seed-2.diagnostics.json" with { type: "text" };
import text175 from "./depth/plain-sgd-2/seed-2.json" with { type: "text" };
import text176 from "./depth/plain-sgd-2/seed-3.diagnostics.json" with { type: "text" };
import text177 from "./depth/plain-sgd-2/seed-3.json" with { type: "text" };
import text178 from "./depth/plain-sgd-2/seed-4.diagnostics.json" with { type: "text" };
import text179 from "./depth/plain-sgd-2/seed-4.json" with { type: "text" };
import text180 from "./depth/plain-sgd-4/seed-0.diagnostics.json" with { type: "text" };
import text181 from "./depth/plain-sgd-4/seed-0.json" with { type: "text" };
import text182 from "./depth/plain-sgd-4/seed-1.diagnostics.json" with { type: "text" };
import text183 from "./depth/plain-sgd-4/seed-1.json" with { type: "text" };
import text184 from "./depth/plain-sgd-4/seed-2.diagnostics.json" with { type: "text" };
import text185 from "./depth/plain-sgd-4/seed-2.json" with { type: "text" };
import text186 from "./depth/plain-sgd-4/seed-3.diagnostics.json" with { type: "text" };
import text187 from "./depth/plain-sgd-4/seed-3.json" with { type: "text" };
import text188 from "./depth/plain-sgd-4/seed-4.diagnostics.json" with { type: "text" };
import text189 from "./depth/plain-sgd-4/seed-4.json" with { type: "text" };
import text190 from "./depth/plain-sgd-8/seed-0.diagnostics.json" with { type: "text" };
import text191 from "./depth/plain-sgd-8/seed-0.json" with { type: "text" };
import text192 from "./depth/plain-sgd-8/seed-1.diagnostics.json" with { type: "text" };
import text193 from "./depth/plain-sgd-8/seed-1.json" with { type: "text" };
import text194 from "./depth/plain-sgd-8/seed-2.diagnostics.json" with { type: "text" };
import text195 from "./depth/plain-sgd-8/seed-2.json" with { type: "text" };
import text196 from "./depth/plain-sgd-8/seed-3.diagnostics.json" with { type: "text" };
import text197 from "./depth/plain-sgd-8/seed-3.json" with { type: "text" };
import text198 from "./depth/plain-sgd-8/seed-4.diagnostics.json" with { type: "text" };
import text199 from "./depth/plain-sgd-8/seed-4.json" with { type: "text" };
import text200 from "./depth/residual-adam-16/seed-0.diagnostics.json" with { type: "text" };
import text201 from "./depth/residual-adam-16/seed-0.json" with { type: "text" };
import text202 from "./depth/residual-adam-16/seed-1.diagnostics.json" with { type: "text" };
import text203 from "./depth/residual-adam-16/seed-1.json" with { type: "text" };
import text204 from "./depth/residual-adam-16/seed-2.diagnostics.json" with { type: "text" };
import text205 from "./depth/residual-adam-16/seed-2.json" with { type: "text" };
import text206 from "./depth/residual-adam-16/seed-3.diagnostics.json" with { type: "text" };
import text207 from "./depth/residual-adam-16/seed-3.json" with { type: "text" };
import text208 from "./depth/residual-adam-16/seed-4.diagnostics.json" with { type: "text" };
import text209 from "./depth/residual-adam-16/seed-4.json" with { type: "text" };
import text210 from "./depth/residual-adam-2/seed-0.diagnostics.json" with { type: "text" };
import text211 from "./depth/residual-adam-2/seed-0.json" with { type: "text" };
import text212 from "./depth/residual-adam-2/seed-1.diagnostics.json" with { type: "text" };
import text213 from "./depth/residual-adam-2/seed-1.json" with { type: "text" };
import text214 from "./depth/residual-adam-2/seed-2.diagnostics.json" with { type: "text" };
import text215 from "./depth/residual-adam-2/seed-2.json" with { type: "text" };
import text216 from "./depth/residual-adam-2/seed-3.diagnostics.json" with { type: "text" };
import text217 from "./depth/residual-adam-2/seed-3.json" with { type: "text" };
import text218 from "./depth/residual-adam-2/seed-4.diagnostics.json" with { type: "text" };
import text219 from "./depth/residual-adam-2/seed-4.json" with { type: "text" };
import text220 from "./depth/residual-adam-4/seed-0.diagnostics.json" with { type: "text" };
import text221 from "./depth/residual-adam-4/seed-0.json" with { type: "text" };
import text222 from "./depth/residual-adam-4/seed-1.diagnostics.json" with { type: "text" };
import text223 from "./depth/residual-adam-4/seed-1.json" with { type: "text" };
import text224 from "./depth/residual-adam-4/seed-2.diagnostics.json" with { type: "text" };
import text225 from "./depth/residual-adam-4/seed-2.json" with { type: "text" };
import text226 from "./depth/residual-adam-4/seed-3.diagnostics.json" with { type: "text" };
import text227 from "./depth/residual-adam-4/seed-3.json" with { type: "text" };
import text228 from "./depth/residual-adam-4/seed-4.diagnostics.json" with { type: "text" };
import text229 from "./depth/residual-adam-4/seed-4.json" with { type: "text" };
import text230 from "./depth/residual-adam-8/seed-0.diagnostics.json" with { type: "text" };
import text231 from "./depth/residual-adam-8/seed-0.json" with { type: "text" };
import text232 from "./depth/residual-adam-8/seed-1.diagnostics.json" with { type: "text" };
import text233 from "./depth/residual-adam-8/seed-1.json" with { type: "text" };
import text234 from "./depth/residual-adam-8/seed-2.diagnostics.json" with { type: "text" };
import text235 from "./depth/residual-adam-8/seed-2.json" with { type: "text" };
import text236 from "./depth/residual-adam-8/seed-3.diagnostics.json" with { type: "text" };
import text237 from "./depth/residual-adam-8/seed-3.json" with { type: "text" };
import text238 from "./depth/residual-adam-8/seed-4.diagnostics.json" with { type: "text" };
import text239 from "./depth/residual-adam-8/seed-4.json" with { type: "text" };
import text240 from "./depth/residual-sgd-16/seed-0.diagnostics.json" with { type: "text" };
import text241 from "./depth/residual-sgd-16/seed-0.json" with { type: "text" };
import text242 from "./depth/residual-sgd-16/seed-1.diagnostics.json" with { type: "text" };
import text243 from "./depth/residual-sgd-16/seed-1.json" with { type: "text" };
import text244 from "./depth/residual-sgd-16/seed-2.diagnostics.json" with { type: "text" };
import text245 from "./depth/residual-sgd-16/seed-2.json" with { type: "text" };
import text246 from "./depth/residual-sgd-16/seed-3.diagnostics.json" with { type: "text" };
import text247 from "./depth/residual-sgd-16/seed-3.json" with { type: "text" };
import text248 from "./depth/residual-sgd-16/seed-4.diagnostics.json" with { type: "text" };
import text249 from "./depth/residual-sgd-16/seed-4.json" with { type: "text" };
import text250 from "./depth/residual-sgd-2/seed-0.diagnostics.json" with { type: "text" };
import text251 from "./depth/residual-sgd-2/seed-0.json" with { type: "text" };
import text252 from "./depth/residual-sgd-2/seed-1.diagnostics.json" with { type: "text" };
import text253 from "./depth/residual-sgd-2/seed-1.json" with { type: "text" };
import text254 from "./depth/residual-sgd-2/seed-2.diagnostics.json" with { type: "text" };
import text255 from "./depth/residual-sgd-2/seed-2.json" with { type: "text" };
import text256 from "./depth/residual-sgd-2/seed-3.diagnostics.json" with { type: "text" };
import text257 from "./depth/residual-sgd-2/seed-3.json" with { type: "text" };
import text258 from "./depth/residual-sgd-2/seed-4.diagnostics.json" with { type: "text" };
import text259 from "./depth/residual-sgd-2/seed-4.json" with { type: "text" };
import text260 from "./depth/residual-sgd-4/seed-0.diagnostics.json" with { type: "text" };
import text261 from "./depth/residual-sgd-4/seed-0.json" with { type: "text" };
import text262 from "./depth/residual-sgd-4/seed-1.diagnostics.json" with { type: "text" };
import text263 from "./depth/residual-sgd-4/seed-1.json" with { type: "text" };
import text264 from "./depth/residual-sgd-4/seed-2.diagnostics.json" with { type: "text" };
import text265 from "./depth/residual-sgd-4/seed-2.json" with { type: "text" };
import text266 from "./depth/residual-sgd-4/seed-3.diagnostics.json" with { type: "text" };
import text267 from "./depth/residual-sgd-4/seed-3.json" with { type: "text" };
import text268 from "./depth/residual-sgd-4/seed-4.diagnostics.json" with { type: "text" };
import text269 from "./depth/residual-sgd-4/seed-4.json" with { type: "text" };
import text270 from "./depth/residual-sgd-8/seed-0.diagnostics.json" with { type: "text" };
import text271 from "./depth/residual-sgd-8/seed-0.json" with { type: "text" };
import text272 from "./depth/residual-sgd-8/seed-1.diagnostics.json" with { type: "text" };
import text273 from "./depth/residual-sgd-8/seed-1.json" with { type: "text" };
import text274 from "./depth/residual-sgd-8/seed-2.diagnostics.json" with { type: "text" };
import text275 from "./depth/residual-sgd-8/seed-2.json" with { type: "text" };
import text276 from "./depth/residual-sgd-8/seed-3.diagnostics.json" with { type: "text" };
import text277 from "./depth/residual-sgd-8/seed-3.json" with { type: "text" };
import text278 from "./depth/residual-sgd-8/seed-4.diagnostics.json" with { type: "text" };
import text279 from "./depth/residual-sgd-8/seed-4.json" with { type: "text" };
import text280 from "./frozen/plain-adam/seed-0.diagnostics.json" with { type: "text" };
import text281 from "./frozen/plain-adam/seed-0.json" with { type: "text" };
import text282 from "./frozen/plain-adam/seed-1.diagnostics.json" with { type: "text" };
import text283 from "./frozen/plain-adam/seed-1.json" with { type: "text" };
import text284 from "./frozen/plain-adam/seed-2.diagnostics.json" with { type: "text" };
import text285 from "./frozen/plain-adam/seed-2.json" with { type: "text" };
import text286 from "./frozen/plain-adam/seed-3.diagnostics.json" with { type: "text" };
import text287 from "./frozen/plain-adam/seed-3.json" with { type: "text" };
import text288 from "./frozen/plain-adam/seed-4.diagnostics.json" with { type: "text" };
import text289 from "./frozen/plain-adam/seed-4.json" with { type: "text" };
import text290 from "./frozen/plain-adam/seed-5.diagnostics.json" with { type: "text" };
import text291 from "./frozen/plain-adam/seed-5.json" with { type: "text" };
import text292 from "./frozen/plain-adam/seed-6.diagnostics.json" with { type: "text" };
import text293 from "./frozen/plain-adam/seed-6.json" with { type: "text" };
import text294 from "./frozen/plain-adam/seed-7.diagnostics.json" with { type: "text" };
import text295 from "./frozen/plain-adam/seed-7.json" with { type: "text" };
import text296 from "./frozen/plain-adam/seed-8.diagnostics.json" with { type: "text" };
import text297 from "./frozen/plain-adam/seed-8.json" with { type: "text" };
import text298 from "./frozen/plain-adam/seed-9.diagnostics.json" with { type: "text" };
import text299 from "./frozen/plain-adam/seed-9.json" with { type: "text" };
import text300 from "./initialization/glorot/seed-0.diagnostics.json" with { type: "text" };
import text301 from "./initialization/glorot/seed-0.json" with { type: "text" };
import text302 from "./initialization/glorot/seed-1.diagnostics.json" with { type: "text" };
import text303 from "./initialization/glorot/seed-1.json" with { type: "text" };
import text304 from "./initialization/glorot/seed-2.diagnostics.json" with { type: "text" };
import text305 from "./initialization/glorot/seed-2.json" with { type: "text" };
import text306 from "./initialization/glorot/seed-3.diagnostics.json" with { type: "text" };
import text307 from "./initialization/glorot/seed-3.json" with { type: "text" };
import text308 from "./initialization/glorot/seed-4.diagnostics.json" with { type: "text" };
import text309 from "./initialization/glorot/seed-4.json" with { type: "text" };
import text310 from "./initialization/glorot/seed-5.diagnostics.json" with { type: "text" };
import text311 from "./initialization/glorot/seed-5.json" with { type: "text" };
import text312 from "./initialization/glorot/seed-6.diagnostics.json" with { type: "text" };
import text313 from "./initialization/glorot/seed-6.json" with { type: "text" };
import text314 from "./initialization/glorot/seed-7.diagnostics.json" with { type: "text" };
import text315 from "./initialization/glorot/seed-7.json" with { type: "text" };
import text316 from "./initialization/glorot/seed-8.diagnostics.json" with { type: "text" };
import text317 from "./initialization/glorot/seed-8.json" with { type: "text" };
import text318 from "./initialization/glorot/seed-9.diagnostics.json" with { type: "text" };
import text319 from "./initialization/glorot/seed-9.json" with { type: "text" };
import text320 from "./initialization/he/seed-0.diagnostics.json" with { type: "text" };
import text321 from "./initialization/he/seed-0.json" with { type: "text" };
import text322 from "./initialization/he/seed-1.diagnostics.json" with { type: "text" };
import text323 from "./initialization/he/seed-1.json" with { type: "text" };
import text324 from "./initialization/he/seed-2.diagnostics.json" with { type: "text" };
import text325 from "./initialization/he/seed-2.json" with { type: "text" };
import text326 from "./initialization/he/seed-3.diagnostics.json" with { type: "text" };
import text327 from "./initialization/he/seed-3.json" with { type: "text" };
import text328 from "./initialization/he/seed-4.diagnostics.json" with { type: "text" };
import text329 from "./initialization/he/seed-4.json" with { type: "text" };
import text330 from "./initialization/he/seed-5.diagnostics.json" with { type: "text" };
import text331 from "./initialization/he/seed-5.json" with { type: "text" };
import text332 from "./initialization/he/seed-6.diagnostics.json" with { type: "text" };
import text333 from "./initialization/he/seed-6.json" with { type: "text" };
import text334 from "./initialization/he/seed-7.diagnostics.json" with { type: "text" };
import text335 from "./initialization/he/seed-7.json" with { type: "text" };
import text336 from "./initialization/he/seed-8.diagnostics.json" with { type: "text" };
import text337 from "./initialization/he/seed-8.json" with { type: "text" };
import text338 from "./initialization/he/seed-9.diagnostics.json" with { type: "text" };
import text339 from "./initialization/he/seed-9.json" with { type: "text" };
import text340 from "./initialization/orthogonal/seed-0.diagnostics.json" with { type: "text" };
import text341 from "./initialization/orthogonal/seed-0.json" with { type: "text" };
import text342 from "./initialization/orthogonal/seed-1.diagnostics.json" with { type: "text" };
import text343 from "./initialization/orthogonal/seed-1.json" with { type: "text" };
import text344 from "./initialization/orthogonal/seed-2.diagnostics.json" with { type: "text" };
import text345 from "./initialization/orthogonal/seed-2.json" with { type: "text" };
import text346 from "./initialization/orthogonal/seed-3.diagnostics.json" with { type: "text" };
import text347 from "./initialization/orthogonal/seed-3.json" with { type: "text" };
import text348 from "./initialization/orthogonal/seed-4.diagnostics.json" with { type: "text" };
import text349 from "./initialization/orthogonal/seed-4.json" with { type: "text" };
import text350 from "./initialization/orthogonal/seed-5.diagnostics.json" with { type: "text" };
import text351 from "./initialization/orthogonal/seed-5.json" with { type: "text" };
import text352 from "./initialization/orthogonal/seed-6.diagnostics.json" with { type: "text" };
import text353 from "./initialization/orthogonal/seed-6.json" with { type: "text" };
import text354 from "./initialization/orthogonal/seed-7.diagnostics.json" with { type: "text" };
import text355 from "./initialization/orthogonal/seed-7.json" with { type: "text" };
import text356 from "./initialization/orthogonal/seed-8.diagnostics.json" with { type: "text" };
import text357 from "./initialization/orthogonal/seed-8.json" with { type: "text" };
import text358 from "./initialization/orthogonal/seed-9.diagnostics.json" with { type: "text" };
import text359 from "./initialization/orthogonal/seed-9.json" with { type: "text" };
import text360 from "./layers/plain-adam/seed-0.diagnostics.json" with { type: "text" };
import text361 from "./layers/plain-adam/seed-0.json" with { type: "text" };
import text362 from "./layers/plain-adam/seed-1.diagnostics.json" with { type: "text" };
import text363 from "./layers/plain-adam/seed-1.json" with { type: "text" };
import text364 from "./layers/plain-adam/seed-2.diagnostics.json" with { type: "text" };
import text365 from "./layers/plain-adam/seed-2.json" with { type: "text" };
import text366 from "./layers/plain-adam/seed-3.diagnostics.json" with { type: "text" };
import text367 from "./layers/plain-adam/seed-3.json" with { type: "text" };
import text368 from "./layers/plain-adam/seed-4.diagnostics.json" with { type: "text" };
import text369 from "./layers/plain-adam/seed-4.json" with { type: "text" };
import text370 from "./layers/plain-adam/seed-5.diagnostics.json" with { type: "text" };
import text371 from "./layers/plain-adam/seed-5.json" with { type: "text" };
import text372 from "./layers/plain-adam/seed-6.diagnostics.json" with { type: "text" };
import text373 from "./layers/plain-adam/seed-6.json" with { type: "text" };
import text374 from "./layers/plain-adam/seed-7.diagnostics.json" with { type: "text" };
import text375 from "./layers/plain-adam/seed-7.json" with { type: "text" };
import text376 from "./layers/plain-adam/seed-8.diagnostics.json" with { type: "text" };
import text377 from "./layers/plain-adam/seed-8.json" with { type: "text" };
import text378 from "./layers/plain-adam/seed-9.diagnostics.json" with { type: "text" };
import text379 from "./layers/plain-adam/seed-9.json" with { type: "text" };
import text380 from "./layers/plain-sgd/seed-0.diagnostics.json" with { type: "text" };
import text381 from "./layers/plain-sgd/seed-0.json" with { type: "text" };
import text382 from "./layers/plain-sgd/seed-1.diagnostics.json" with { type: "text" };
import text383 from "./layers/plain-sgd/seed-1.json" with { type: "text" };
import text384 from "./layers/plain-sgd/seed-2.diagnostics.json" with { type: "text" };
import text385 from "./layers/plain-sgd/seed-2.json" with { type: "text" };
import text386 from "./layers/plain-sgd/seed-3.diagnostics.json" with { type: "text" };
import text387 from "./layers/plain-sgd/seed-3.json" with { type: "text" };
import text388 from "./layers/plain-sgd/seed-4.diagnostics.json" with { type: "text" };
import text389 from "./layers/plain-sgd/seed-4.json" with { type: "text" };
import text390 from "./layers/plain-sgd/seed-5.diagnostics.json" with { type: "text" };
import text391 from "./layers/plain-sgd/seed-5.json" with { type: "text" };
import text392 from "./layers/plain-sgd/seed-6.diagnostics.json" with { type: "text" };
import text393 from "./layers/plain-sgd/seed-6.json" with { type: "text" };
import text394 from "./layers/plain-sgd/seed-7.diagnostics.json" with { type: "text" };
import text395 from "./layers/plain-sgd/seed-7.json" with { type: "text" };
import text396 from "./layers/plain-sgd/seed-8.diagnostics.json" with { type: "text" };
import text397 from "./layers/plain-sgd/seed-8.json" with { type: "text" };
import text398 from "./layers/plain-sgd/seed-9.diagnostics.json" with { type: "text" };
import text399 from "./layers/plain-sgd/seed-9.json" with { type: "text" };
import text400 from "./layers/residual-adam/seed-0.diagnostics.json" with { type: "text" };
import text401 from "./layers/residual-adam/seed-0.json" with { type: "text" };
import text402 from "./layers/residual-adam/seed-1.diagnostics.json" with { type: "text" };
import text403 from "./layers/residual-adam/seed-1.json" with { type: "text" };
import text404 from "./layers/residual-adam/seed-2.diagnostics.json" with { type: "text" };
import text405 from "./layers/residual-adam/seed-2.json" with { type: "text" };
import text406 from "./layers/residual-adam/seed-3.diagnostics.json" with { type: "text" };
import text407 from "./layers/residual-adam/seed-3.json" with { type: "text" };
import text408 from "./layers/residual-adam/seed-4.diagnostics.json" with { type: "text" };
import text409 from "./layers/residual-adam/seed-4.json" with { type: "text" };
import text410 from "./layers/residual-adam/seed-5.diagnostics.json" with { type: "text" };
import text411 from "./layers/residual-adam/seed-5.json" with { type: "text" };
import text412 from "./layers/residual-adam/seed-6.diagnostics.json" with { type: "text" };
import text413 from "./layers/residual-adam/seed-6.json" with { type: "text" };
import text414 from "./layers/residual-adam/seed-7.diagnostics.json" with { type: "text" };
import text415 from "./layers/residual-adam/seed-7.json" with { type: "text" };
import text416 from "./layers/residual-adam/seed-8.diagnostics.json" with { type: "text" };
import text417 from "./layers/residual-adam/seed-8.json" with { type: "text" };
import text418 from "./layers/residual-adam/seed-9.diagnostics.json" with { type: "text" };
import text419 from "./layers/residual-adam/seed-9.json" with { type: "text" };
import text420 from "./layers/residual-sgd/seed-0.diagnostics.json" with { type: "text" };
import text421 from "./layers/residual-sgd/seed-0.json" with { type: "text" };
import text422 from "./layers/residual-sgd/seed-1.diagnostics.json" with { type: "text" };
import text423 from "./layers/residual-sgd/seed-1.json" with { type: "text" };
import text424 from "./layers/residual-sgd/seed-2.diagnostics.json" with { type: "text" };
import text425 from "./layers/residual-sgd/seed-2.json" with { type: "text" };
import text426 from "./layers/residual-sgd/seed-3.diagnostics.json" with { type: "text" };
import text427 from "./layers/residual-sgd/seed-3.json" with { type: "text" };
import text428 from "./layers/residual-sgd/seed-4.diagnostics.json" with { type: "text" };
import text429 from "./layers/residual-sgd/seed-4.json" with { type: "text" };
import text430 from "./layers/residual-sgd/seed-5.diagnostics.json" with { type: "text" };
import text431 from "./layers/residual-sgd/seed-5.json" with { type: "text" };
import text432 from "./layers/residual-sgd/seed-6.diagnostics.json" with { type: "text" };
import text433 from "./layers/residual-sgd/seed-6.json" with { type: "text" };
import text434 from "./layers/residual-sgd/seed-7.diagnostics.json" with { type: "text" };
import text435 from "./layers/residual-sgd/seed-7.json" with { type: "text" };
import text436 from "./layers/residual-sgd/seed-8.diagnostics.json" with { type: "text" };
import text437 from "./layers/residual-sgd/seed-8.json" with { type: "text" };
import text438 from "./layers/residual-sgd/seed-9.diagnostics.json" with { type: "text" };
import text439 from "./layers/residual-sgd/seed-9.json" with { type: "text" };

/** The text of each record's file, by its name in this folder. */
export const TEXTS: Readonly<Record<string, string>> = {
  "activation/sigmoid/seed-0.diagnostics.json": text0,
  "activation/sigmoid/seed-0.json": text1,
  "activation/sigmoid/seed-1.diagnostics.json": text2,
  "activation/sigmoid/seed-1.json": text3,
  "activation/sigmoid/seed-2.diagnostics.json": text4,
  "activation/sigmoid/seed-2.json": text5,
  "activation/sigmoid/seed-3.diagnostics.json": text6,
  "activation/sigmoid/seed-3.json": text7,
  "activation/sigmoid/seed-4.diagnostics.json": text8,
  "activation/sigmoid/seed-4.json": text9,
  "activation/sigmoid/seed-5.diagnostics.json": text10,
  "activation/sigmoid/seed-5.json": text11,
  "activation/sigmoid/seed-6.diagnostics.json": text12,
  "activation/sigmoid/seed-6.json": text13,
  "activation/sigmoid/seed-7.diagnostics.json": text14,
  "activation/sigmoid/seed-7.json": text15,
  "activation/sigmoid/seed-8.diagnostics.json": text16,
  "activation/sigmoid/seed-8.json": text17,
  "activation/sigmoid/seed-9.diagnostics.json": text18,
  "activation/sigmoid/seed-9.json": text19,
  "activation/softmax/seed-0.diagnostics.json": text20,
  "activation/softmax/seed-0.json": text21,
  "activation/softmax/seed-1.diagnostics.json": text22,
  "activation/softmax/seed-1.json": text23,
  "activation/softmax/seed-2.diagnostics.json": text24,
  "activation/softmax/seed-2.json": text25,
  "activation/softmax/seed-3.diagnostics.json": text26,
  "activation/softmax/seed-3.json": text27,
  "activation/softmax/seed-4.diagnostics.json": text28,
  "activation/softmax/seed-4.json": text29,
  "activation/softmax/seed-5.diagnostics.json": text30,
  "activation/softmax/seed-5.json": text31,
  "activation/softmax/seed-6.diagnostics.json": text32,
  "activation/softmax/seed-6.json": text33,
  "activation/softmax/seed-7.diagnostics.json": text34,
  "activation/softmax/seed-7.json": text35,
  "activation/softmax/seed-8.diagnostics.json": text36,
  "activation/softmax/seed-8.json": text37,
  "activation/softmax/seed-9.diagnostics.json": text38,
  "activation/softmax/seed-9.json": text39,
  "activation/tanh/seed-0.diagnostics.json": text40,
  "activation/tanh/seed-0.json": text41,
  "activation/tanh/seed-1.diagnostics.json": text42,
  "activation/tanh/seed-1.json": text43,
  "activation/tanh/seed-2.diagnostics.json": text44,
  "activation/tanh/seed-2.json": text45,
  "activation/tanh/seed-3.diagnostics.json": text46,
  "activation/tanh/seed-3.json": text47,
  "activation/tanh/seed-4.diagnostics.json": text48,
  "activation/tanh/seed-4.json": text49,
  "activation/tanh/seed-5.diagnostics.json": text50,
  "activation/tanh/seed-5.json": text51,
  "activation/tanh/seed-6.diagnostics.json": text52,
  "activation/tanh/seed-6.json": text53,
  "activation/tanh/seed-7.diagnostics.json": text54,
  "activation/tanh/seed-7.json": text55,
  "activation/tanh/seed-8.diagnostics.json": text56,
  "activation/tanh/seed-8.json": text57,
  "activation/tanh/seed-9.diagnostics.json": text58,
  "activation/tanh/seed-9.json": text59,
  "article/residual-a/seed-0.diagnostics.json": text60,
  "article/residual-a/seed-0.json": text61,
  "article/residual-a/seed-1.diagnostics.json": text62,
  "article/residual-a/seed-1.json": text63,
  "article/residual-a/seed-2.diagnostics.json": text64,
  "article/residual-a/seed-2.json": text65,
  "article/residual-a/seed-3.diagnostics.json": text66,
  "article/residual-a/seed-3.json": text67,
  "article/residual-a/seed-4.diagnostics.json": text68,
  "article/residual-a/seed-4.json": text69,
  "article/residual-a/seed-5.diagnostics.json": text70,
  "article/residual-a/seed-5.json": text71,
  "article/residual-a/seed-6.diagnostics.json": text72,
  "article/residual-a/seed-6.json": text73,
  "article/residual-a/seed-7.diagnostics.json": text74,
  "article/residual-a/seed-7.json": text75,
  "article/residual-a/seed-8.diagnostics.json": text76,
  "article/residual-a/seed-8.json": text77,
  "article/residual-a/seed-9.diagnostics.json": text78,
  "article/residual-a/seed-9.json": text79,
  "article/residual/seed-0.diagnostics.json": text80,
  "article/residual/seed-0.json": text81,
  "article/residual/seed-1.diagnostics.json": text82,
  "article/residual/seed-1.json": text83,
  "article/residual/seed-10.diagnostics.json": text84,
  "article/residual/seed-10.json": text85,
  "article/residual/seed-11.diagnostics.json": text86,
  "article/residual/seed-11.json": text87,
  "article/residual/seed-12.diagnostics.json": text88,
  "article/residual/seed-12.json": text89,
  "article/residual/seed-13.diagnostics.json": text90,
  "article/residual/seed-13.json": text91,
  "article/residual/seed-14.diagnostics.json": text92,
  "article/residual/seed-14.json": text93,
  "article/residual/seed-15.diagnostics.json": text94,
  "article/residual/seed-15.json": text95,
  "article/residual/seed-16.diagnostics.json": text96,
  "article/residual/seed-16.json": text97,
  "article/residual/seed-17.diagnostics.json": text98,
  "article/residual/seed-17.json": text99,
  "article/residual/seed-18.diagnostics.json": text100,
  "article/residual/seed-18.json": text101,
  "article/residual/seed-19.diagnostics.json": text102,
  "article/residual/seed-19.json": text103,
  "article/residual/seed-2.diagnostics.json": text104,
  "article/residual/seed-2.json": text105,
  "article/residual/seed-3.diagnostics.json": text106,
  "article/residual/seed-3.json": text107,
  "article/residual/seed-4.diagnostics.json": text108,
  "article/residual/seed-4.json": text109,
  "article/residual/seed-5.diagnostics.json": text110,
  "article/residual/seed-5.json": text111,
  "article/residual/seed-6.diagnostics.json": text112,
  "article/residual/seed-6.json": text113,
  "article/residual/seed-7.diagnostics.json": text114,
  "article/residual/seed-7.json": text115,
  "article/residual/seed-8.diagnostics.json": text116,
  "article/residual/seed-8.json": text117,
  "article/residual/seed-9.diagnostics.json": text118,
  "article/residual/seed-9.json": text119,
  "depth/plain-adam-16/seed-0.diagnostics.json": text120,
  "depth/plain-adam-16/seed-0.json": text121,
  "depth/plain-adam-16/seed-1.diagnostics.json": text122,
  "depth/plain-adam-16/seed-1.json": text123,
  "depth/plain-adam-16/seed-2.diagnostics.json": text124,
  "depth/plain-adam-16/seed-2.json": text125,
  "depth/plain-adam-16/seed-3.diagnostics.json": text126,
  "depth/plain-adam-16/seed-3.json": text127,
  "depth/plain-adam-16/seed-4.diagnostics.json": text128,
  "depth/plain-adam-16/seed-4.json": text129,
  "depth/plain-adam-2/seed-0.diagnostics.json": text130,
  "depth/plain-adam-2/seed-0.json": text131,
  "depth/plain-adam-2/seed-1.diagnostics.json": text132,
  "depth/plain-adam-2/seed-1.json": text133,
  "depth/plain-adam-2/seed-2.diagnostics.json": text134,
  "depth/plain-adam-2/seed-2.json": text135,
  "depth/plain-adam-2/seed-3.diagnostics.json": text136,
  "depth/plain-adam-2/seed-3.json": text137,
  "depth/plain-adam-2/seed-4.diagnostics.json": text138,
  "depth/plain-adam-2/seed-4.json": text139,
  "depth/plain-adam-4/seed-0.diagnostics.json": text140,
  "depth/plain-adam-4/seed-0.json": text141,
  "depth/plain-adam-4/seed-1.diagnostics.json": text142,
  "depth/plain-adam-4/seed-1.json": text143,
  "depth/plain-adam-4/seed-2.diagnostics.json": text144,
  "depth/plain-adam-4/seed-2.json": text145,
  "depth/plain-adam-4/seed-3.diagnostics.json": text146,
  "depth/plain-adam-4/seed-3.json": text147,
  "depth/plain-adam-4/seed-4.diagnostics.json": text148,
  "depth/plain-adam-4/seed-4.json": text149,
  "depth/plain-adam-8/seed-0.diagnostics.json": text150,
  "depth/plain-adam-8/seed-0.json": text151,
  "depth/plain-adam-8/seed-1.diagnostics.json": text152,
  "depth/plain-adam-8/seed-1.json": text153,
  "depth/plain-adam-8/seed-2.diagnostics.json": text154,
  "depth/plain-adam-8/seed-2.json": text155,
  "depth/plain-adam-8/seed-3.diagnostics.json": text156,
  "depth/plain-adam-8/seed-3.json": text157,
  "depth/plain-adam-8/seed-4.diagnostics.json": text158,
  "depth/plain-adam-8/seed-4.json": text159,
  "depth/plain-sgd-16/seed-0.diagnostics.json": text160,
  "depth/plain-sgd-16/seed-0.json": text161,
  "depth/plain-sgd-16/seed-1.diagnostics.json": text162,
  "depth/plain-sgd-16/seed-1.json": text163,
  "depth/plain-sgd-16/seed-2.diagnostics.json": text164,
  "depth/plain-sgd-16/seed-2.json": text165,
  "depth/plain-sgd-16/seed-3.diagnostics.json": text166,
  "depth/plain-sgd-16/seed-3.json": text167,
  "depth/plain-sgd-16/seed-4.diagnostics.json": text168,
  "depth/plain-sgd-16/seed-4.json": text169,
  "depth/plain-sgd-2/seed-0.diagnostics.json": text170,
  "depth/plain-sgd-2/seed-0.json": text171,
  "depth/plain-sgd-2/seed-1.diagnostics.json": text172,
  "depth/plain-sgd-2/seed-1.json": text173,
  "depth/plain-sgd-2/seed-2.diagnostics.json": text174,
  "depth/plain-sgd-2/seed-2.json": text175,
  "depth/plain-sgd-2/seed-3.diagnostics.json": text176,
  "depth/plain-sgd-2/seed-3.json": text177,
  "depth/plain-sgd-2/seed-4.diagnostics.json": text178,
  "depth/plain-sgd-2/seed-4.json": text179,
  "depth/plain-sgd-4/seed-0.diagnostics.json": text180,
  "depth/plain-sgd-4/seed-0.json": text181,
  "depth/plain-sgd-4/seed-1.diagnostics.json": text182,
  "depth/plain-sgd-4/seed-1.json": text183,
  "depth/plain-sgd-4/seed-2.diagnostics.json": text184,
  "depth/plain-sgd-4/seed-2.json": text185,
  "depth/plain-sgd-4/seed-3.diagnostics.json": text186,
  "depth/plain-sgd-4/seed-3.json": text187,
  "depth/plain-sgd-4/seed-4.diagnostics.json": text188,
  "depth/plain-sgd-4/seed-4.json": text189,
  "depth/plain-sgd-8/seed-0.diagnostics.json": text190,
  "depth/plain-sgd-8/seed-0.json": text191,
  "depth/plain-sgd-8/seed-1.diagnostics.json": text192,
  "depth/plain-sgd-8/seed-1.json": text193,
  "depth/plain-sgd-8/seed-2.diagnostics.json": text194,
  "depth/plain-sgd-8/seed-2.json": text195,
  "depth/plain-sgd-8/seed-3.diagnostics.json": text196,
  "depth/plain-sgd-8/seed-3.json": text197,
  "depth/plain-sgd-8/seed-4.diagnostics.json": text198,
  "depth/plain-sgd-8/seed-4.json": text199,
  "depth/residual-adam-16/seed-0.diagnostics.json": text200,
  "depth/residual-adam-16/seed-0.json": text201,
  "depth/residual-adam-16/seed-1.diagnostics.json": text202,
  "depth/residual-adam-16/seed-1.json": text203,
  "depth/residual-adam-16/seed-2.diagnostics.json": text204,
  "depth/residual-adam-16/seed-2.json": text205,
  "depth/residual-adam-16/seed-3.diagnostics.json": text206,
  "depth/residual-adam-16/seed-3.json": text207,
  "depth/residual-adam-16/seed-4.diagnostics.json": text208,
  "depth/residual-adam-16/seed-4.json": text209,
  "depth/residual-adam-2/seed-0.diagnostics.json": text210,
  "depth/residual-adam-2/seed-0.json": text211,
  "depth/residual-adam-2/seed-1.diagnostics.json": text212,
  "depth/residual-adam-2/seed-1.json": text213,
  "depth/residual-adam-2/seed-2.diagnostics.json": text214,
  "depth/residual-adam-2/seed-2.json": text215,
  "depth/residual-adam-2/seed-3.diagnostics.json": text216,
  "depth/residual-adam-2/seed-3.json": text217,
  "depth/residual-adam-2/seed-4.diagnostics.json": text218,
  "depth/residual-adam-2/seed-4.json": text219,
  "depth/residual-adam-4/seed-0.diagnostics.json": text220,
  "depth/residual-adam-4/seed-0.json": text221,
  "depth/residual-adam-4/seed-1.diagnostics.json": text222,
  "depth/residual-adam-4/seed-1.json": text223,
  "depth/residual-adam-4/seed-2.diagnostics.json": text224,
  "depth/residual-adam-4/seed-2.json": text225,
  "depth/residual-adam-4/seed-3.diagnostics.json": text226,
  "depth/residual-adam-4/seed-3.json": text227,
  "depth/residual-adam-4/seed-4.diagnostics.json": text228,
  "depth/residual-adam-4/seed-4.json": text229,
  "depth/residual-adam-8/seed-0.diagnostics.json": text230,
  "depth/residual-adam-8/seed-0.json": text231,
  "depth/residual-adam-8/seed-1.diagnostics.json": text232,
  "depth/residual-adam-8/seed-1.json": text233,
  "depth/residual-adam-8/seed-2.diagnostics.json": text234,
  "depth/residual-adam-8/seed-2.json": text235,
  "depth/residual-adam-8/seed-3.diagnostics.json": text236,
  "depth/residual-adam-8/seed-3.json": text237,
  "depth/residual-adam-8/seed-4.diagnostics.json": text238,
  "depth/residual-adam-8/seed-4.json": text239,
  "depth/residual-sgd-16/seed-0.diagnostics.json": text240,
  "depth/residual-sgd-16/seed-0.json": text241,
  "depth/residual-sgd-16/seed-1.diagnostics.json": text242,
  "depth/residual-sgd-16/seed-1.json": text243,
  "depth/residual-sgd-16/seed-2.diagnostics.json": text244,
  "depth/residual-sgd-16/seed-2.json": text245,
  "depth/residual-sgd-16/seed-3.diagnostics.json": text246,
  "depth/residual-sgd-16/seed-3.json": text247,
  "depth/residual-sgd-16/seed-4.diagnostics.json": text248,
  "depth/residual-sgd-16/seed-4.json": text249,
  "depth/residual-sgd-2/seed-0.diagnostics.json": text250,
  "depth/residual-sgd-2/seed-0.json": text251,
  "depth/residual-sgd-2/seed-1.diagnostics.json": text252,
  "depth/residual-sgd-2/seed-1.json": text253,
  "depth/residual-sgd-2/seed-2.diagnostics.json": text254,
  "depth/residual-sgd-2/seed-2.json": text255,
  "depth/residual-sgd-2/seed-3.diagnostics.json": text256,
  "depth/residual-sgd-2/seed-3.json": text257,
  "depth/residual-sgd-2/seed-4.diagnostics.json": text258,
  "depth/residual-sgd-2/seed-4.json": text259,
  "depth/residual-sgd-4/seed-0.diagnostics.json": text260,
  "depth/residual-sgd-4/seed-0.json": text261,
  "depth/residual-sgd-4/seed-1.diagnostics.json": text262,
  "depth/residual-sgd-4/seed-1.json": text263,
  "depth/residual-sgd-4/seed-2.diagnostics.json": text264,
  "depth/residual-sgd-4/seed-2.json": text265,
  "depth/residual-sgd-4/seed-3.diagnostics.json": text266,
  "depth/residual-sgd-4/seed-3.json": text267,
  "depth/residual-sgd-4/seed-4.diagnostics.json": text268,
  "depth/residual-sgd-4/seed-4.json": text269,
  "depth/residual-sgd-8/seed-0.diagnostics.json": text270,
  "depth/residual-sgd-8/seed-0.json": text271,
  "depth/residual-sgd-8/seed-1.diagnostics.json": text272,
  "depth/residual-sgd-8/seed-1.json": text273,
  "depth/residual-sgd-8/seed-2.diagnostics.json": text274,
  "depth/residual-sgd-8/seed-2.json": text275,
  "depth/residual-sgd-8/seed-3.diagnostics.json": text276,
  "depth/residual-sgd-8/seed-3.json": text277,
  "depth/residual-sgd-8/seed-4.diagnostics.json": text278,
  "depth/residual-sgd-8/seed-4.json": text279,
  "frozen/plain-adam/seed-0.diagnostics.json": text280,
  "frozen/plain-adam/seed-0.json": text281,
  "frozen/plain-adam/seed-1.diagnostics.json": text282,
  "frozen/plain-adam/seed-1.json": text283,
  "frozen/plain-adam/seed-2.diagnostics.json": text284,
  "frozen/plain-adam/seed-2.json": text285,
  "frozen/plain-adam/seed-3.diagnostics.json": text286,
  "frozen/plain-adam/seed-3.json": text287,
  "frozen/plain-adam/seed-4.diagnostics.json": text288,
  "frozen/plain-adam/seed-4.json": text289,
  "frozen/plain-adam/seed-5.diagnostics.json": text290,
  "frozen/plain-adam/seed-5.json": text291,
  "frozen/plain-adam/seed-6.diagnostics.json": text292,
  "frozen/plain-adam/seed-6.json": text293,
  "frozen/plain-adam/seed-7.diagnostics.json": text294,
  "frozen/plain-adam/seed-7.json": text295,
  "frozen/plain-adam/seed-8.diagnostics.json": text296,
  "frozen/plain-adam/seed-8.json": text297,
  "frozen/plain-adam/seed-9.diagnostics.json": text298,
  "frozen/plain-adam/seed-9.json": text299,
  "initialization/glorot/seed-0.diagnostics.json": text300,
  "initialization/glorot/seed-0.json": text301,
  "initialization/glorot/seed-1.diagnostics.json": text302,
  "initialization/glorot/seed-1.json": text303,
  "initialization/glorot/seed-2.diagnostics.json": text304,
  "initialization/glorot/seed-2.json": text305,
  "initialization/glorot/seed-3.diagnostics.json": text306,
  "initialization/glorot/seed-3.json": text307,
  "initialization/glorot/seed-4.diagnostics.json": text308,
  "initialization/glorot/seed-4.json": text309,
  "initialization/glorot/seed-5.diagnostics.json": text310,
  "initialization/glorot/seed-5.json": text311,
  "initialization/glorot/seed-6.diagnostics.json": text312,
  "initialization/glorot/seed-6.json": text313,
  "initialization/glorot/seed-7.diagnostics.json": text314,
  "initialization/glorot/seed-7.json": text315,
  "initialization/glorot/seed-8.diagnostics.json": text316,
  "initialization/glorot/seed-8.json": text317,
  "initialization/glorot/seed-9.diagnostics.json": text318,
  "initialization/glorot/seed-9.json": text319,
  "initialization/he/seed-0.diagnostics.json": text320,
  "initialization/he/seed-0.json": text321,
  "initialization/he/seed-1.diagnostics.json": text322,
  "initialization/he/seed-1.json": text323,
  "initialization/he/seed-2.diagnostics.json": text324,
  "initialization/he/seed-2.json": text325,
  "initialization/he/seed-3.diagnostics.json": text326,
  "initialization/he/seed-3.json": text327,
  "initialization/he/seed-4.diagnostics.json": text328,
  "initialization/he/seed-4.json": text329,
  "initialization/he/seed-5.diagnostics.json": text330,
  "initialization/he/seed-5.json": text331,
  "initialization/he/seed-6.diagnostics.json": text332,
  "initialization/he/seed-6.json": text333,
  "initialization/he/seed-7.diagnostics.json": text334,
  "initialization/he/seed-7.json": text335,
  "initialization/he/seed-8.diagnostics.json": text336,
  "initialization/he/seed-8.json": text337,
  "initialization/he/seed-9.diagnostics.json": text338,
  "initialization/he/seed-9.json": text339,
  "initialization/orthogonal/seed-0.diagnostics.json": text340,
  "initialization/orthogonal/seed-0.json": text341,
  "initialization/orthogonal/seed-1.diagnostics.json": text342,
  "initialization/orthogonal/seed-1.json": text343,
  "initialization/orthogonal/seed-2.diagnostics.json": text344,
  "initialization/orthogonal/seed-2.json": text345,
  "initialization/orthogonal/seed-3.diagnostics.json": text346,
  "initialization/orthogonal/seed-3.json": text347,
  "initialization/orthogonal/seed-4.diagnostics.json": text348,
  "initialization/orthogonal/seed-4.json": text349,
  "initialization/orthogonal/seed-5.diagnostics.json": text350,
  "initialization/orthogonal/seed-5.json": text351,
  "initialization/orthogonal/seed-6.diagnostics.json": text352,
  "initialization/orthogonal/seed-6.json": text353,
  "initialization/orthogonal/seed-7.diagnostics.json": text354,
  "initialization/orthogonal/seed-7.json": text355,
  "initialization/orthogonal/seed-8.diagnostics.json": text356,
  "initialization/orthogonal/seed-8.json": text357,
  "initialization/orthogonal/seed-9.diagnostics.json": text358,
  "initialization/orthogonal/seed-9.json": text359,
  "layers/plain-adam/seed-0.diagnostics.json": text360,
  "layers/plain-adam/seed-0.json": text361,
  "layers/plain-adam/seed-1.diagnostics.json": text362,
  "layers/plain-adam/seed-1.json": text363,
  "layers/plain-adam/seed-2.diagnostics.json": text364,
  "layers/plain-adam/seed-2.json": text365,
  "layers/plain-adam/seed-3.diagnostics.json": text366,
  "layers/plain-adam/seed-3.json": text367,
  "layers/plain-adam/seed-4.diagnostics.json": text368,
  "layers/plain-adam/seed-4.json": text369,
  "layers/plain-adam/seed-5.diagnostics.json": text370,
  "layers/plain-adam/seed-5.json": text371,
  "layers/plain-adam/seed-6.diagnostics.json": text372,
  "layers/plain-adam/seed-6.json": text373,
  "layers/plain-adam/seed-7.diagnostics.json": text374,
  "layers/plain-adam/seed-7.json": text375,
  "layers/plain-adam/seed-8.diagnostics.json": text376,
  "layers/plain-adam/seed-8.json": text377,
  "layers/plain-adam/seed-9.diagnostics.json": text378,
  "layers/plain-adam/seed-9.json": text379,
  "layers/plain-sgd/seed-0.diagnostics.json": text380,
  "layers/plain-sgd/seed-0.json": text381,
  "layers/plain-sgd/seed-1.diagnostics.json": text382,
  "layers/plain-sgd/seed-1.json": text383,
  "layers/plain-sgd/seed-2.diagnostics.json": text384,
  "layers/plain-sgd/seed-2.json": text385,
  "layers/plain-sgd/seed-3.diagnostics.json": text386,
  "layers/plain-sgd/seed-3.json": text387,
  "layers/plain-sgd/seed-4.diagnostics.json": text388,
  "layers/plain-sgd/seed-4.json": text389,
  "layers/plain-sgd/seed-5.diagnostics.json": text390,
  "layers/plain-sgd/seed-5.json": text391,
  "layers/plain-sgd/seed-6.diagnostics.json": text392,
  "layers/plain-sgd/seed-6.json": text393,
  "layers/plain-sgd/seed-7.diagnostics.json": text394,
  "layers/plain-sgd/seed-7.json": text395,
  "layers/plain-sgd/seed-8.diagnostics.json": text396,
  "layers/plain-sgd/seed-8.json": text397,
  "layers/plain-sgd/seed-9.diagnostics.json": text398,
  "layers/plain-sgd/seed-9.json": text399,
  "layers/residual-adam/seed-0.diagnostics.json": text400,
  "layers/residual-adam/seed-0.json": text401,
  "layers/residual-adam/seed-1.diagnostics.json": text402,
  "layers/residual-adam/seed-1.json": text403,
  "layers/residual-adam/seed-2.diagnostics.json": text404,
  "layers/residual-adam/seed-2.json": text405,
  "layers/residual-adam/seed-3.diagnostics.json": text406,
  "layers/residual-adam/seed-3.json": text407,
  "layers/residual-adam/seed-4.diagnostics.json": text408,
  "layers/residual-adam/seed-4.json": text409,
  "layers/residual-adam/seed-5.diagnostics.json": text410,
  "layers/residual-adam/seed-5.json": text411,
  "layers/residual-adam/seed-6.diagnostics.json": text412,
  "layers/residual-adam/seed-6.json": text413,
  "layers/residual-adam/seed-7.diagnostics.json": text414,
  "layers/residual-adam/seed-7.json": text415,
  "layers/residual-adam/seed-8.diagnostics.json": text416,
  "layers/residual-adam/seed-8.json": text417,
  "layers/residual-adam/seed-9.diagnostics.json": text418,
  "layers/residual-adam/seed-9.json": text419,
  "layers/residual-sgd/seed-0.diagnostics.json": text420,
  "layers/residual-sgd/seed-0.json": text421,
  "layers/residual-sgd/seed-1.diagnostics.json": text422,
  "layers/residual-sgd/seed-1.json": text423,
  "layers/residual-sgd/seed-2.diagnostics.json": text424,
  "layers/residual-sgd/seed-2.json": text425,
  "layers/residual-sgd/seed-3.diagnostics.json": text426,
  "layers/residual-sgd/seed-3.json": text427,
  "layers/residual-sgd/seed-4.diagnostics.json": text428,
  "layers/residual-sgd/seed-4.json": text429,
  "layers/residual-sgd/seed-5.diagnostics.json": text430,
  "layers/residual-sgd/seed-5.json": text431,
  "layers/residual-sgd/seed-6.diagnostics.json": text432,
  "layers/residual-sgd/seed-6.json": text433,
  "layers/residual-sgd/seed-7.diagnostics.json": text434,
  "layers/residual-sgd/seed-7.json": text435,
  "layers/residual-sgd/seed-8.diagnostics.json": text436,
  "layers/residual-sgd/seed-8.json": text437,
  "layers/residual-sgd/seed-9.diagnostics.json": text438,
  "layers/residual-sgd/seed-9.json": text439,
};
