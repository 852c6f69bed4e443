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
import text440 from "./noise/relu/seed-100.diagnostics.json" with { type: "text" };
import text441 from "./noise/relu/seed-100.json" with { type: "text" };
import text442 from "./noise/relu/seed-101.diagnostics.json" with { type: "text" };
import text443 from "./noise/relu/seed-101.json" with { type: "text" };
import text444 from "./noise/relu/seed-102.diagnostics.json" with { type: "text" };
import text445 from "./noise/relu/seed-102.json" with { type: "text" };
import text446 from "./noise/relu/seed-103.diagnostics.json" with { type: "text" };
import text447 from "./noise/relu/seed-103.json" with { type: "text" };
import text448 from "./noise/relu/seed-104.diagnostics.json" with { type: "text" };
import text449 from "./noise/relu/seed-104.json" with { type: "text" };
import text450 from "./noise/relu/seed-105.diagnostics.json" with { type: "text" };
import text451 from "./noise/relu/seed-105.json" with { type: "text" };
import text452 from "./noise/relu/seed-106.diagnostics.json" with { type: "text" };
import text453 from "./noise/relu/seed-106.json" with { type: "text" };
import text454 from "./noise/relu/seed-107.diagnostics.json" with { type: "text" };
import text455 from "./noise/relu/seed-107.json" with { type: "text" };
import text456 from "./noise/relu/seed-108.diagnostics.json" with { type: "text" };
import text457 from "./noise/relu/seed-108.json" with { type: "text" };
import text458 from "./noise/relu/seed-109.diagnostics.json" with { type: "text" };
import text459 from "./noise/relu/seed-109.json" with { type: "text" };
import text460 from "./noise/sigmoid/seed-100.diagnostics.json" with { type: "text" };
import text461 from "./noise/sigmoid/seed-100.json" with { type: "text" };
import text462 from "./noise/sigmoid/seed-101.diagnostics.json" with { type: "text" };
import text463 from "./noise/sigmoid/seed-101.json" with { type: "text" };
import text464 from "./noise/sigmoid/seed-102.diagnostics.json" with { type: "text" };
import text465 from "./noise/sigmoid/seed-102.json" with { type: "text" };
import text466 from "./noise/sigmoid/seed-103.diagnostics.json" with { type: "text" };
import text467 from "./noise/sigmoid/seed-103.json" with { type: "text" };
import text468 from "./noise/sigmoid/seed-104.diagnostics.json" with { type: "text" };
import text469 from "./noise/sigmoid/seed-104.json" with { type: "text" };
import text470 from "./noise/sigmoid/seed-105.diagnostics.json" with { type: "text" };
import text471 from "./noise/sigmoid/seed-105.json" with { type: "text" };
import text472 from "./noise/sigmoid/seed-106.diagnostics.json" with { type: "text" };
import text473 from "./noise/sigmoid/seed-106.json" with { type: "text" };
import text474 from "./noise/sigmoid/seed-107.diagnostics.json" with { type: "text" };
import text475 from "./noise/sigmoid/seed-107.json" with { type: "text" };
import text476 from "./noise/sigmoid/seed-108.diagnostics.json" with { type: "text" };
import text477 from "./noise/sigmoid/seed-108.json" with { type: "text" };
import text478 from "./noise/sigmoid/seed-109.diagnostics.json" with { type: "text" };
import text479 from "./noise/sigmoid/seed-109.json" with { type: "text" };
import text480 from "./noise/softmax/seed-100.diagnostics.json" with { type: "text" };
import text481 from "./noise/softmax/seed-100.json" with { type: "text" };
import text482 from "./noise/softmax/seed-101.diagnostics.json" with { type: "text" };
import text483 from "./noise/softmax/seed-101.json" with { type: "text" };
import text484 from "./noise/softmax/seed-102.diagnostics.json" with { type: "text" };
import text485 from "./noise/softmax/seed-102.json" with { type: "text" };
import text486 from "./noise/softmax/seed-103.diagnostics.json" with { type: "text" };
import text487 from "./noise/softmax/seed-103.json" with { type: "text" };
import text488 from "./noise/softmax/seed-104.diagnostics.json" with { type: "text" };
import text489 from "./noise/softmax/seed-104.json" with { type: "text" };
import text490 from "./noise/softmax/seed-105.diagnostics.json" with { type: "text" };
import text491 from "./noise/softmax/seed-105.json" with { type: "text" };
import text492 from "./noise/softmax/seed-106.diagnostics.json" with { type: "text" };
import text493 from "./noise/softmax/seed-106.json" with { type: "text" };
import text494 from "./noise/softmax/seed-107.diagnostics.json" with { type: "text" };
import text495 from "./noise/softmax/seed-107.json" with { type: "text" };
import text496 from "./noise/softmax/seed-108.diagnostics.json" with { type: "text" };
import text497 from "./noise/softmax/seed-108.json" with { type: "text" };
import text498 from "./noise/softmax/seed-109.diagnostics.json" with { type: "text" };
import text499 from "./noise/softmax/seed-109.json" with { type: "text" };
import text500 from "./noise/tanh/seed-100.diagnostics.json" with { type: "text" };
import text501 from "./noise/tanh/seed-100.json" with { type: "text" };
import text502 from "./noise/tanh/seed-101.diagnostics.json" with { type: "text" };
import text503 from "./noise/tanh/seed-101.json" with { type: "text" };
import text504 from "./noise/tanh/seed-102.diagnostics.json" with { type: "text" };
import text505 from "./noise/tanh/seed-102.json" with { type: "text" };
import text506 from "./noise/tanh/seed-103.diagnostics.json" with { type: "text" };
import text507 from "./noise/tanh/seed-103.json" with { type: "text" };
import text508 from "./noise/tanh/seed-104.diagnostics.json" with { type: "text" };
import text509 from "./noise/tanh/seed-104.json" with { type: "text" };
import text510 from "./noise/tanh/seed-105.diagnostics.json" with { type: "text" };
import text511 from "./noise/tanh/seed-105.json" with { type: "text" };
import text512 from "./noise/tanh/seed-106.diagnostics.json" with { type: "text" };
import text513 from "./noise/tanh/seed-106.json" with { type: "text" };
import text514 from "./noise/tanh/seed-107.diagnostics.json" with { type: "text" };
import text515 from "./noise/tanh/seed-107.json" with { type: "text" };
import text516 from "./noise/tanh/seed-108.diagnostics.json" with { type: "text" };
import text517 from "./noise/tanh/seed-108.json" with { type: "text" };
import text518 from "./noise/tanh/seed-109.diagnostics.json" with { type: "text" };
import text519 from "./noise/tanh/seed-109.json" with { type: "text" };
import text520 from "./paths/both/seed-100.diagnostics.json" with { type: "text" };
import text521 from "./paths/both/seed-100.json" with { type: "text" };
import text522 from "./paths/both/seed-101.diagnostics.json" with { type: "text" };
import text523 from "./paths/both/seed-101.json" with { type: "text" };
import text524 from "./paths/both/seed-102.diagnostics.json" with { type: "text" };
import text525 from "./paths/both/seed-102.json" with { type: "text" };
import text526 from "./paths/both/seed-103.diagnostics.json" with { type: "text" };
import text527 from "./paths/both/seed-103.json" with { type: "text" };
import text528 from "./paths/both/seed-104.diagnostics.json" with { type: "text" };
import text529 from "./paths/both/seed-104.json" with { type: "text" };
import text530 from "./paths/both/seed-105.diagnostics.json" with { type: "text" };
import text531 from "./paths/both/seed-105.json" with { type: "text" };
import text532 from "./paths/both/seed-106.diagnostics.json" with { type: "text" };
import text533 from "./paths/both/seed-106.json" with { type: "text" };
import text534 from "./paths/both/seed-107.diagnostics.json" with { type: "text" };
import text535 from "./paths/both/seed-107.json" with { type: "text" };
import text536 from "./paths/both/seed-108.diagnostics.json" with { type: "text" };
import text537 from "./paths/both/seed-108.json" with { type: "text" };
import text538 from "./paths/both/seed-109.diagnostics.json" with { type: "text" };
import text539 from "./paths/both/seed-109.json" with { type: "text" };
import text540 from "./paths/x_in-detached/seed-100.json" with { type: "text" };
import text541 from "./paths/x_in-detached/seed-101.json" with { type: "text" };
import text542 from "./paths/x_in-detached/seed-102.json" with { type: "text" };
import text543 from "./paths/x_in-detached/seed-103.json" with { type: "text" };
import text544 from "./paths/x_in-detached/seed-104.json" with { type: "text" };
import text545 from "./paths/x_in-detached/seed-105.json" with { type: "text" };
import text546 from "./paths/x_in-detached/seed-106.json" with { type: "text" };
import text547 from "./paths/x_in-detached/seed-107.json" with { type: "text" };
import text548 from "./paths/x_in-detached/seed-108.json" with { type: "text" };
import text549 from "./paths/x_in-detached/seed-109.json" with { type: "text" };
import text550 from "./paths/x_res-detached/seed-100.json" with { type: "text" };
import text551 from "./paths/x_res-detached/seed-101.json" with { type: "text" };
import text552 from "./paths/x_res-detached/seed-102.json" with { type: "text" };
import text553 from "./paths/x_res-detached/seed-103.json" with { type: "text" };
import text554 from "./paths/x_res-detached/seed-104.json" with { type: "text" };
import text555 from "./paths/x_res-detached/seed-105.json" with { type: "text" };
import text556 from "./paths/x_res-detached/seed-106.json" with { type: "text" };
import text557 from "./paths/x_res-detached/seed-107.json" with { type: "text" };
import text558 from "./paths/x_res-detached/seed-108.json" with { type: "text" };
import text559 from "./paths/x_res-detached/seed-109.json" with { type: "text" };
import text560 from "./rates/plain-adam-0.0003/seed-200.json" with { type: "text" };
import text561 from "./rates/plain-adam-0.0003/seed-201.json" with { type: "text" };
import text562 from "./rates/plain-adam-0.0003/seed-202.json" with { type: "text" };
import text563 from "./rates/plain-adam-0.001/seed-200.json" with { type: "text" };
import text564 from "./rates/plain-adam-0.001/seed-201.json" with { type: "text" };
import text565 from "./rates/plain-adam-0.001/seed-202.json" with { type: "text" };
import text566 from "./rates/plain-adam-0.003/seed-200.json" with { type: "text" };
import text567 from "./rates/plain-adam-0.003/seed-201.json" with { type: "text" };
import text568 from "./rates/plain-adam-0.003/seed-202.json" with { type: "text" };
import text569 from "./rates/plain-adam-0.01/seed-200.json" with { type: "text" };
import text570 from "./rates/plain-adam-0.01/seed-201.json" with { type: "text" };
import text571 from "./rates/plain-adam-0.01/seed-202.json" with { type: "text" };
import text572 from "./rates/plain-sgd-0.03/seed-200.json" with { type: "text" };
import text573 from "./rates/plain-sgd-0.03/seed-201.json" with { type: "text" };
import text574 from "./rates/plain-sgd-0.03/seed-202.json" with { type: "text" };
import text575 from "./rates/plain-sgd-0.1/seed-200.json" with { type: "text" };
import text576 from "./rates/plain-sgd-0.1/seed-201.json" with { type: "text" };
import text577 from "./rates/plain-sgd-0.1/seed-202.json" with { type: "text" };
import text578 from "./rates/plain-sgd-0.2/seed-200.json" with { type: "text" };
import text579 from "./rates/plain-sgd-0.2/seed-201.json" with { type: "text" };
import text580 from "./rates/plain-sgd-0.2/seed-202.json" with { type: "text" };
import text581 from "./rates/residual-adam-0.0003/seed-200.json" with { type: "text" };
import text582 from "./rates/residual-adam-0.0003/seed-201.json" with { type: "text" };
import text583 from "./rates/residual-adam-0.0003/seed-202.json" with { type: "text" };
import text584 from "./rates/residual-adam-0.001/seed-200.json" with { type: "text" };
import text585 from "./rates/residual-adam-0.001/seed-201.json" with { type: "text" };
import text586 from "./rates/residual-adam-0.001/seed-202.json" with { type: "text" };
import text587 from "./rates/residual-adam-0.003/seed-200.json" with { type: "text" };
import text588 from "./rates/residual-adam-0.003/seed-201.json" with { type: "text" };
import text589 from "./rates/residual-adam-0.003/seed-202.json" with { type: "text" };
import text590 from "./rates/residual-adam-0.01/seed-200.json" with { type: "text" };
import text591 from "./rates/residual-adam-0.01/seed-201.json" with { type: "text" };
import text592 from "./rates/residual-adam-0.01/seed-202.json" with { type: "text" };
import text593 from "./rates/residual-sgd-0.03/seed-200.json" with { type: "text" };
import text594 from "./rates/residual-sgd-0.03/seed-201.json" with { type: "text" };
import text595 from "./rates/residual-sgd-0.03/seed-202.json" with { type: "text" };
import text596 from "./rates/residual-sgd-0.1/seed-200.json" with { type: "text" };
import text597 from "./rates/residual-sgd-0.1/seed-201.json" with { type: "text" };
import text598 from "./rates/residual-sgd-0.1/seed-202.json" with { type: "text" };
import text599 from "./rates/residual-sgd-0.2/seed-200.json" with { type: "text" };
import text600 from "./rates/residual-sgd-0.2/seed-201.json" with { type: "text" };
import text601 from "./rates/residual-sgd-0.2/seed-202.json" with { type: "text" };
import text602 from "./shrinking/glorot/seed-100.diagnostics.json" with { type: "text" };
import text603 from "./shrinking/glorot/seed-100.json" with { type: "text" };
import text604 from "./shrinking/glorot/seed-101.diagnostics.json" with { type: "text" };
import text605 from "./shrinking/glorot/seed-101.json" with { type: "text" };
import text606 from "./shrinking/glorot/seed-102.diagnostics.json" with { type: "text" };
import text607 from "./shrinking/glorot/seed-102.json" with { type: "text" };
import text608 from "./shrinking/glorot/seed-103.diagnostics.json" with { type: "text" };
import text609 from "./shrinking/glorot/seed-103.json" with { type: "text" };
import text610 from "./shrinking/glorot/seed-104.diagnostics.json" with { type: "text" };
import text611 from "./shrinking/glorot/seed-104.json" with { type: "text" };
import text612 from "./shrinking/glorot/seed-105.diagnostics.json" with { type: "text" };
import text613 from "./shrinking/glorot/seed-105.json" with { type: "text" };
import text614 from "./shrinking/glorot/seed-106.diagnostics.json" with { type: "text" };
import text615 from "./shrinking/glorot/seed-106.json" with { type: "text" };
import text616 from "./shrinking/glorot/seed-107.diagnostics.json" with { type: "text" };
import text617 from "./shrinking/glorot/seed-107.json" with { type: "text" };
import text618 from "./shrinking/glorot/seed-108.diagnostics.json" with { type: "text" };
import text619 from "./shrinking/glorot/seed-108.json" with { type: "text" };
import text620 from "./shrinking/glorot/seed-109.diagnostics.json" with { type: "text" };
import text621 from "./shrinking/glorot/seed-109.json" with { type: "text" };
import text622 from "./shrinking/he/seed-100.diagnostics.json" with { type: "text" };
import text623 from "./shrinking/he/seed-100.json" with { type: "text" };
import text624 from "./shrinking/he/seed-101.diagnostics.json" with { type: "text" };
import text625 from "./shrinking/he/seed-101.json" with { type: "text" };
import text626 from "./shrinking/he/seed-102.diagnostics.json" with { type: "text" };
import text627 from "./shrinking/he/seed-102.json" with { type: "text" };
import text628 from "./shrinking/he/seed-103.diagnostics.json" with { type: "text" };
import text629 from "./shrinking/he/seed-103.json" with { type: "text" };
import text630 from "./shrinking/he/seed-104.diagnostics.json" with { type: "text" };
import text631 from "./shrinking/he/seed-104.json" with { type: "text" };
import text632 from "./shrinking/he/seed-105.diagnostics.json" with { type: "text" };
import text633 from "./shrinking/he/seed-105.json" with { type: "text" };
import text634 from "./shrinking/he/seed-106.diagnostics.json" with { type: "text" };
import text635 from "./shrinking/he/seed-106.json" with { type: "text" };
import text636 from "./shrinking/he/seed-107.diagnostics.json" with { type: "text" };
import text637 from "./shrinking/he/seed-107.json" with { type: "text" };
import text638 from "./shrinking/he/seed-108.diagnostics.json" with { type: "text" };
import text639 from "./shrinking/he/seed-108.json" with { type: "text" };
import text640 from "./shrinking/he/seed-109.diagnostics.json" with { type: "text" };
import text641 from "./shrinking/he/seed-109.json" with { type: "text" };
import text642 from "./shrinking/orthogonal/seed-100.diagnostics.json" with { type: "text" };
import text643 from "./shrinking/orthogonal/seed-100.json" with { type: "text" };
import text644 from "./shrinking/orthogonal/seed-101.diagnostics.json" with { type: "text" };
import text645 from "./shrinking/orthogonal/seed-101.json" with { type: "text" };
import text646 from "./shrinking/orthogonal/seed-102.diagnostics.json" with { type: "text" };
import text647 from "./shrinking/orthogonal/seed-102.json" with { type: "text" };
import text648 from "./shrinking/orthogonal/seed-103.diagnostics.json" with { type: "text" };
import text649 from "./shrinking/orthogonal/seed-103.json" with { type: "text" };
import text650 from "./shrinking/orthogonal/seed-104.diagnostics.json" with { type: "text" };
import text651 from "./shrinking/orthogonal/seed-104.json" with { type: "text" };
import text652 from "./shrinking/orthogonal/seed-105.diagnostics.json" with { type: "text" };
import text653 from "./shrinking/orthogonal/seed-105.json" with { type: "text" };
import text654 from "./shrinking/orthogonal/seed-106.diagnostics.json" with { type: "text" };
import text655 from "./shrinking/orthogonal/seed-106.json" with { type: "text" };
import text656 from "./shrinking/orthogonal/seed-107.diagnostics.json" with { type: "text" };
import text657 from "./shrinking/orthogonal/seed-107.json" with { type: "text" };
import text658 from "./shrinking/orthogonal/seed-108.diagnostics.json" with { type: "text" };
import text659 from "./shrinking/orthogonal/seed-108.json" with { type: "text" };
import text660 from "./shrinking/orthogonal/seed-109.diagnostics.json" with { type: "text" };
import text661 from "./shrinking/orthogonal/seed-109.json" with { type: "text" };
import text662 from "./tuned/plain-adam/seed-100.json" with { type: "text" };
import text663 from "./tuned/plain-adam/seed-101.json" with { type: "text" };
import text664 from "./tuned/plain-adam/seed-102.json" with { type: "text" };
import text665 from "./tuned/plain-adam/seed-103.json" with { type: "text" };
import text666 from "./tuned/plain-adam/seed-104.json" with { type: "text" };
import text667 from "./tuned/plain-adam/seed-105.json" with { type: "text" };
import text668 from "./tuned/plain-adam/seed-106.json" with { type: "text" };
import text669 from "./tuned/plain-adam/seed-107.json" with { type: "text" };
import text670 from "./tuned/plain-adam/seed-108.json" with { type: "text" };
import text671 from "./tuned/plain-adam/seed-109.json" with { type: "text" };
import text672 from "./tuned/plain-sgd/seed-100.json" with { type: "text" };
import text673 from "./tuned/plain-sgd/seed-101.json" with { type: "text" };
import text674 from "./tuned/plain-sgd/seed-102.json" with { type: "text" };
import text675 from "./tuned/plain-sgd/seed-103.json" with { type: "text" };
import text676 from "./tuned/plain-sgd/seed-104.json" with { type: "text" };
import text677 from "./tuned/plain-sgd/seed-105.json" with { type: "text" };
import text678 from "./tuned/plain-sgd/seed-106.json" with { type: "text" };
import text679 from "./tuned/plain-sgd/seed-107.json" with { type: "text" };
import text680 from "./tuned/plain-sgd/seed-108.json" with { type: "text" };
import text681 from "./tuned/plain-sgd/seed-109.json" with { type: "text" };
import text682 from "./tuned/residual-adam/seed-100.json" with { type: "text" };
import text683 from "./tuned/residual-adam/seed-101.json" with { type: "text" };
import text684 from "./tuned/residual-adam/seed-102.json" with { type: "text" };
import text685 from "./tuned/residual-adam/seed-103.json" with { type: "text" };
import text686 from "./tuned/residual-adam/seed-104.json" with { type: "text" };
import text687 from "./tuned/residual-adam/seed-105.json" with { type: "text" };
import text688 from "./tuned/residual-adam/seed-106.json" with { type: "text" };
import text689 from "./tuned/residual-adam/seed-107.json" with { type: "text" };
import text690 from "./tuned/residual-adam/seed-108.json" with { type: "text" };
import text691 from "./tuned/residual-adam/seed-109.json" with { type: "text" };
import text692 from "./tuned/residual-sgd/seed-100.json" with { type: "text" };
import text693 from "./tuned/residual-sgd/seed-101.json" with { type: "text" };
import text694 from "./tuned/residual-sgd/seed-102.json" with { type: "text" };
import text695 from "./tuned/residual-sgd/seed-103.json" with { type: "text" };
import text696 from "./tuned/residual-sgd/seed-104.json" with { type: "text" };
import text697 from "./tuned/residual-sgd/seed-105.json" with { type: "text" };
import text698 from "./tuned/residual-sgd/seed-106.json" with { type: "text" };
import text699 from "./tuned/residual-sgd/seed-107.json" with { type: "text" };
import text700 from "./tuned/residual-sgd/seed-108.json" with { type: "text" };
import text701 from "./tuned/residual-sgd/seed-109.json" with { type: "text" };

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
  "noise/relu/seed-100.diagnostics.json": text440,
  "noise/relu/seed-100.json": text441,
  "noise/relu/seed-101.diagnostics.json": text442,
  "noise/relu/seed-101.json": text443,
  "noise/relu/seed-102.diagnostics.json": text444,
  "noise/relu/seed-102.json": text445,
  "noise/relu/seed-103.diagnostics.json": text446,
  "noise/relu/seed-103.json": text447,
  "noise/relu/seed-104.diagnostics.json": text448,
  "noise/relu/seed-104.json": text449,
  "noise/relu/seed-105.diagnostics.json": text450,
  "noise/relu/seed-105.json": text451,
  "noise/relu/seed-106.diagnostics.json": text452,
  "noise/relu/seed-106.json": text453,
  "noise/relu/seed-107.diagnostics.json": text454,
  "noise/relu/seed-107.json": text455,
  "noise/relu/seed-108.diagnostics.json": text456,
  "noise/relu/seed-108.json": text457,
  "noise/relu/seed-109.diagnostics.json": text458,
  "noise/relu/seed-109.json": text459,
  "noise/sigmoid/seed-100.diagnostics.json": text460,
  "noise/sigmoid/seed-100.json": text461,
  "noise/sigmoid/seed-101.diagnostics.json": text462,
  "noise/sigmoid/seed-101.json": text463,
  "noise/sigmoid/seed-102.diagnostics.json": text464,
  "noise/sigmoid/seed-102.json": text465,
  "noise/sigmoid/seed-103.diagnostics.json": text466,
  "noise/sigmoid/seed-103.json": text467,
  "noise/sigmoid/seed-104.diagnostics.json": text468,
  "noise/sigmoid/seed-104.json": text469,
  "noise/sigmoid/seed-105.diagnostics.json": text470,
  "noise/sigmoid/seed-105.json": text471,
  "noise/sigmoid/seed-106.diagnostics.json": text472,
  "noise/sigmoid/seed-106.json": text473,
  "noise/sigmoid/seed-107.diagnostics.json": text474,
  "noise/sigmoid/seed-107.json": text475,
  "noise/sigmoid/seed-108.diagnostics.json": text476,
  "noise/sigmoid/seed-108.json": text477,
  "noise/sigmoid/seed-109.diagnostics.json": text478,
  "noise/sigmoid/seed-109.json": text479,
  "noise/softmax/seed-100.diagnostics.json": text480,
  "noise/softmax/seed-100.json": text481,
  "noise/softmax/seed-101.diagnostics.json": text482,
  "noise/softmax/seed-101.json": text483,
  "noise/softmax/seed-102.diagnostics.json": text484,
  "noise/softmax/seed-102.json": text485,
  "noise/softmax/seed-103.diagnostics.json": text486,
  "noise/softmax/seed-103.json": text487,
  "noise/softmax/seed-104.diagnostics.json": text488,
  "noise/softmax/seed-104.json": text489,
  "noise/softmax/seed-105.diagnostics.json": text490,
  "noise/softmax/seed-105.json": text491,
  "noise/softmax/seed-106.diagnostics.json": text492,
  "noise/softmax/seed-106.json": text493,
  "noise/softmax/seed-107.diagnostics.json": text494,
  "noise/softmax/seed-107.json": text495,
  "noise/softmax/seed-108.diagnostics.json": text496,
  "noise/softmax/seed-108.json": text497,
  "noise/softmax/seed-109.diagnostics.json": text498,
  "noise/softmax/seed-109.json": text499,
  "noise/tanh/seed-100.diagnostics.json": text500,
  "noise/tanh/seed-100.json": text501,
  "noise/tanh/seed-101.diagnostics.json": text502,
  "noise/tanh/seed-101.json": text503,
  "noise/tanh/seed-102.diagnostics.json": text504,
  "noise/tanh/seed-102.json": text505,
  "noise/tanh/seed-103.diagnostics.json": text506,
  "noise/tanh/seed-103.json": text507,
  "noise/tanh/seed-104.diagnostics.json": text508,
  "noise/tanh/seed-104.json": text509,
  "noise/tanh/seed-105.diagnostics.json": text510,
  "noise/tanh/seed-105.json": text511,
  "noise/tanh/seed-106.diagnostics.json": text512,
  "noise/tanh/seed-106.json": text513,
  "noise/tanh/seed-107.diagnostics.json": text514,
  "noise/tanh/seed-107.json": text515,
  "noise/tanh/seed-108.diagnostics.json": text516,
  "noise/tanh/seed-108.json": text517,
  "noise/tanh/seed-109.diagnostics.json": text518,
  "noise/tanh/seed-109.json": text519,
  "paths/both/seed-100.diagnostics.json": text520,
  "paths/both/seed-100.json": text521,
  "paths/both/seed-101.diagnostics.json": text522,
  "paths/both/seed-101.json": text523,
  "paths/both/seed-102.diagnostics.json": text524,
  "paths/both/seed-102.json": text525,
  "paths/both/seed-103.diagnostics.json": text526,
  "paths/both/seed-103.json": text527,
  "paths/both/seed-104.diagnostics.json": text528,
  "paths/both/seed-104.json": text529,
  "paths/both/seed-105.diagnostics.json": text530,
  "paths/both/seed-105.json": text531,
  "paths/both/seed-106.diagnostics.json": text532,
  "paths/both/seed-106.json": text533,
  "paths/both/seed-107.diagnostics.json": text534,
  "paths/both/seed-107.json": text535,
  "paths/both/seed-108.diagnostics.json": text536,
  "paths/both/seed-108.json": text537,
  "paths/both/seed-109.diagnostics.json": text538,
  "paths/both/seed-109.json": text539,
  "paths/x_in-detached/seed-100.json": text540,
  "paths/x_in-detached/seed-101.json": text541,
  "paths/x_in-detached/seed-102.json": text542,
  "paths/x_in-detached/seed-103.json": text543,
  "paths/x_in-detached/seed-104.json": text544,
  "paths/x_in-detached/seed-105.json": text545,
  "paths/x_in-detached/seed-106.json": text546,
  "paths/x_in-detached/seed-107.json": text547,
  "paths/x_in-detached/seed-108.json": text548,
  "paths/x_in-detached/seed-109.json": text549,
  "paths/x_res-detached/seed-100.json": text550,
  "paths/x_res-detached/seed-101.json": text551,
  "paths/x_res-detached/seed-102.json": text552,
  "paths/x_res-detached/seed-103.json": text553,
  "paths/x_res-detached/seed-104.json": text554,
  "paths/x_res-detached/seed-105.json": text555,
  "paths/x_res-detached/seed-106.json": text556,
  "paths/x_res-detached/seed-107.json": text557,
  "paths/x_res-detached/seed-108.json": text558,
  "paths/x_res-detached/seed-109.json": text559,
  "rates/plain-adam-0.0003/seed-200.json": text560,
  "rates/plain-adam-0.0003/seed-201.json": text561,
  "rates/plain-adam-0.0003/seed-202.json": text562,
  "rates/plain-adam-0.001/seed-200.json": text563,
  "rates/plain-adam-0.001/seed-201.json": text564,
  "rates/plain-adam-0.001/seed-202.json": text565,
  "rates/plain-adam-0.003/seed-200.json": text566,
  "rates/plain-adam-0.003/seed-201.json": text567,
  "rates/plain-adam-0.003/seed-202.json": text568,
  "rates/plain-adam-0.01/seed-200.json": text569,
  "rates/plain-adam-0.01/seed-201.json": text570,
  "rates/plain-adam-0.01/seed-202.json": text571,
  "rates/plain-sgd-0.03/seed-200.json": text572,
  "rates/plain-sgd-0.03/seed-201.json": text573,
  "rates/plain-sgd-0.03/seed-202.json": text574,
  "rates/plain-sgd-0.1/seed-200.json": text575,
  "rates/plain-sgd-0.1/seed-201.json": text576,
  "rates/plain-sgd-0.1/seed-202.json": text577,
  "rates/plain-sgd-0.2/seed-200.json": text578,
  "rates/plain-sgd-0.2/seed-201.json": text579,
  "rates/plain-sgd-0.2/seed-202.json": text580,
  "rates/residual-adam-0.0003/seed-200.json": text581,
  "rates/residual-adam-0.0003/seed-201.json": text582,
  "rates/residual-adam-0.0003/seed-202.json": text583,
  "rates/residual-adam-0.001/seed-200.json": text584,
  "rates/residual-adam-0.001/seed-201.json": text585,
  "rates/residual-adam-0.001/seed-202.json": text586,
  "rates/residual-adam-0.003/seed-200.json": text587,
  "rates/residual-adam-0.003/seed-201.json": text588,
  "rates/residual-adam-0.003/seed-202.json": text589,
  "rates/residual-adam-0.01/seed-200.json": text590,
  "rates/residual-adam-0.01/seed-201.json": text591,
  "rates/residual-adam-0.01/seed-202.json": text592,
  "rates/residual-sgd-0.03/seed-200.json": text593,
  "rates/residual-sgd-0.03/seed-201.json": text594,
  "rates/residual-sgd-0.03/seed-202.json": text595,
  "rates/residual-sgd-0.1/seed-200.json": text596,
  "rates/residual-sgd-0.1/seed-201.json": text597,
  "rates/residual-sgd-0.1/seed-202.json": text598,
  "rates/residual-sgd-0.2/seed-200.json": text599,
  "rates/residual-sgd-0.2/seed-201.json": text600,
  "rates/residual-sgd-0.2/seed-202.json": text601,
  "shrinking/glorot/seed-100.diagnostics.json": text602,
  "shrinking/glorot/seed-100.json": text603,
  "shrinking/glorot/seed-101.diagnostics.json": text604,
  "shrinking/glorot/seed-101.json": text605,
  "shrinking/glorot/seed-102.diagnostics.json": text606,
  "shrinking/glorot/seed-102.json": text607,
  "shrinking/glorot/seed-103.diagnostics.json": text608,
  "shrinking/glorot/seed-103.json": text609,
  "shrinking/glorot/seed-104.diagnostics.json": text610,
  "shrinking/glorot/seed-104.json": text611,
  "shrinking/glorot/seed-105.diagnostics.json": text612,
  "shrinking/glorot/seed-105.json": text613,
  "shrinking/glorot/seed-106.diagnostics.json": text614,
  "shrinking/glorot/seed-106.json": text615,
  "shrinking/glorot/seed-107.diagnostics.json": text616,
  "shrinking/glorot/seed-107.json": text617,
  "shrinking/glorot/seed-108.diagnostics.json": text618,
  "shrinking/glorot/seed-108.json": text619,
  "shrinking/glorot/seed-109.diagnostics.json": text620,
  "shrinking/glorot/seed-109.json": text621,
  "shrinking/he/seed-100.diagnostics.json": text622,
  "shrinking/he/seed-100.json": text623,
  "shrinking/he/seed-101.diagnostics.json": text624,
  "shrinking/he/seed-101.json": text625,
  "shrinking/he/seed-102.diagnostics.json": text626,
  "shrinking/he/seed-102.json": text627,
  "shrinking/he/seed-103.diagnostics.json": text628,
  "shrinking/he/seed-103.json": text629,
  "shrinking/he/seed-104.diagnostics.json": text630,
  "shrinking/he/seed-104.json": text631,
  "shrinking/he/seed-105.diagnostics.json": text632,
  "shrinking/he/seed-105.json": text633,
  "shrinking/he/seed-106.diagnostics.json": text634,
  "shrinking/he/seed-106.json": text635,
  "shrinking/he/seed-107.diagnostics.json": text636,
  "shrinking/he/seed-107.json": text637,
  "shrinking/he/seed-108.diagnostics.json": text638,
  "shrinking/he/seed-108.json": text639,
  "shrinking/he/seed-109.diagnostics.json": text640,
  "shrinking/he/seed-109.json": text641,
  "shrinking/orthogonal/seed-100.diagnostics.json": text642,
  "shrinking/orthogonal/seed-100.json": text643,
  "shrinking/orthogonal/seed-101.diagnostics.json": text644,
  "shrinking/orthogonal/seed-101.json": text645,
  "shrinking/orthogonal/seed-102.diagnostics.json": text646,
  "shrinking/orthogonal/seed-102.json": text647,
  "shrinking/orthogonal/seed-103.diagnostics.json": text648,
  "shrinking/orthogonal/seed-103.json": text649,
  "shrinking/orthogonal/seed-104.diagnostics.json": text650,
  "shrinking/orthogonal/seed-104.json": text651,
  "shrinking/orthogonal/seed-105.diagnostics.json": text652,
  "shrinking/orthogonal/seed-105.json": text653,
  "shrinking/orthogonal/seed-106.diagnostics.json": text654,
  "shrinking/orthogonal/seed-106.json": text655,
  "shrinking/orthogonal/seed-107.diagnostics.json": text656,
  "shrinking/orthogonal/seed-107.json": text657,
  "shrinking/orthogonal/seed-108.diagnostics.json": text658,
  "shrinking/orthogonal/seed-108.json": text659,
  "shrinking/orthogonal/seed-109.diagnostics.json": text660,
  "shrinking/orthogonal/seed-109.json": text661,
  "tuned/plain-adam/seed-100.json": text662,
  "tuned/plain-adam/seed-101.json": text663,
  "tuned/plain-adam/seed-102.json": text664,
  "tuned/plain-adam/seed-103.json": text665,
  "tuned/plain-adam/seed-104.json": text666,
  "tuned/plain-adam/seed-105.json": text667,
  "tuned/plain-adam/seed-106.json": text668,
  "tuned/plain-adam/seed-107.json": text669,
  "tuned/plain-adam/seed-108.json": text670,
  "tuned/plain-adam/seed-109.json": text671,
  "tuned/plain-sgd/seed-100.json": text672,
  "tuned/plain-sgd/seed-101.json": text673,
  "tuned/plain-sgd/seed-102.json": text674,
  "tuned/plain-sgd/seed-103.json": text675,
  "tuned/plain-sgd/seed-104.json": text676,
  "tuned/plain-sgd/seed-105.json": text677,
  "tuned/plain-sgd/seed-106.json": text678,
  "tuned/plain-sgd/seed-107.json": text679,
  "tuned/plain-sgd/seed-108.json": text680,
  "tuned/plain-sgd/seed-109.json": text681,
  "tuned/residual-adam/seed-100.json": text682,
  "tuned/residual-adam/seed-101.json": text683,
  "tuned/residual-adam/seed-102.json": text684,
  "tuned/residual-adam/seed-103.json": text685,
  "tuned/residual-adam/seed-104.json": text686,
  "tuned/residual-adam/seed-105.json": text687,
  "tuned/residual-adam/seed-106.json": text688,
  "tuned/residual-adam/seed-107.json": text689,
  "tuned/residual-adam/seed-108.json": text690,
  "tuned/residual-adam/seed-109.json": text691,
  "tuned/residual-sgd/seed-100.json": text692,
  "tuned/residual-sgd/seed-101.json": text693,
  "tuned/residual-sgd/seed-102.json": text694,
  "tuned/residual-sgd/seed-103.json": text695,
  "tuned/residual-sgd/seed-104.json": text696,
  "tuned/residual-sgd/seed-105.json": text697,
  "tuned/residual-sgd/seed-106.json": text698,
  "tuned/residual-sgd/seed-107.json": text699,
  "tuned/residual-sgd/seed-108.json": text700,
  "tuned/residual-sgd/seed-109.json": text701,
};
