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
import text280 from "./eight/plain-adam/seed-100.diagnostics.json" with { type: "text" };
import text281 from "./eight/plain-adam/seed-100.json" with { type: "text" };
import text282 from "./eight/plain-adam/seed-101.diagnostics.json" with { type: "text" };
import text283 from "./eight/plain-adam/seed-101.json" with { type: "text" };
import text284 from "./eight/plain-adam/seed-102.diagnostics.json" with { type: "text" };
import text285 from "./eight/plain-adam/seed-102.json" with { type: "text" };
import text286 from "./eight/plain-adam/seed-103.diagnostics.json" with { type: "text" };
import text287 from "./eight/plain-adam/seed-103.json" with { type: "text" };
import text288 from "./eight/plain-adam/seed-104.diagnostics.json" with { type: "text" };
import text289 from "./eight/plain-adam/seed-104.json" with { type: "text" };
import text290 from "./eight/plain-adam/seed-105.diagnostics.json" with { type: "text" };
import text291 from "./eight/plain-adam/seed-105.json" with { type: "text" };
import text292 from "./eight/plain-adam/seed-106.diagnostics.json" with { type: "text" };
import text293 from "./eight/plain-adam/seed-106.json" with { type: "text" };
import text294 from "./eight/plain-adam/seed-107.diagnostics.json" with { type: "text" };
import text295 from "./eight/plain-adam/seed-107.json" with { type: "text" };
import text296 from "./eight/plain-adam/seed-108.diagnostics.json" with { type: "text" };
import text297 from "./eight/plain-adam/seed-108.json" with { type: "text" };
import text298 from "./eight/plain-adam/seed-109.diagnostics.json" with { type: "text" };
import text299 from "./eight/plain-adam/seed-109.json" with { type: "text" };
import text300 from "./eight/plain-sgd/seed-100.diagnostics.json" with { type: "text" };
import text301 from "./eight/plain-sgd/seed-100.json" with { type: "text" };
import text302 from "./eight/plain-sgd/seed-101.diagnostics.json" with { type: "text" };
import text303 from "./eight/plain-sgd/seed-101.json" with { type: "text" };
import text304 from "./eight/plain-sgd/seed-102.diagnostics.json" with { type: "text" };
import text305 from "./eight/plain-sgd/seed-102.json" with { type: "text" };
import text306 from "./eight/plain-sgd/seed-103.diagnostics.json" with { type: "text" };
import text307 from "./eight/plain-sgd/seed-103.json" with { type: "text" };
import text308 from "./eight/plain-sgd/seed-104.diagnostics.json" with { type: "text" };
import text309 from "./eight/plain-sgd/seed-104.json" with { type: "text" };
import text310 from "./eight/plain-sgd/seed-105.diagnostics.json" with { type: "text" };
import text311 from "./eight/plain-sgd/seed-105.json" with { type: "text" };
import text312 from "./eight/plain-sgd/seed-106.diagnostics.json" with { type: "text" };
import text313 from "./eight/plain-sgd/seed-106.json" with { type: "text" };
import text314 from "./eight/plain-sgd/seed-107.diagnostics.json" with { type: "text" };
import text315 from "./eight/plain-sgd/seed-107.json" with { type: "text" };
import text316 from "./eight/plain-sgd/seed-108.diagnostics.json" with { type: "text" };
import text317 from "./eight/plain-sgd/seed-108.json" with { type: "text" };
import text318 from "./eight/plain-sgd/seed-109.diagnostics.json" with { type: "text" };
import text319 from "./eight/plain-sgd/seed-109.json" with { type: "text" };
import text320 from "./eight/residual-adam/seed-100.diagnostics.json" with { type: "text" };
import text321 from "./eight/residual-adam/seed-100.json" with { type: "text" };
import text322 from "./eight/residual-adam/seed-101.diagnostics.json" with { type: "text" };
import text323 from "./eight/residual-adam/seed-101.json" with { type: "text" };
import text324 from "./eight/residual-adam/seed-102.diagnostics.json" with { type: "text" };
import text325 from "./eight/residual-adam/seed-102.json" with { type: "text" };
import text326 from "./eight/residual-adam/seed-103.diagnostics.json" with { type: "text" };
import text327 from "./eight/residual-adam/seed-103.json" with { type: "text" };
import text328 from "./eight/residual-adam/seed-104.diagnostics.json" with { type: "text" };
import text329 from "./eight/residual-adam/seed-104.json" with { type: "text" };
import text330 from "./eight/residual-adam/seed-105.diagnostics.json" with { type: "text" };
import text331 from "./eight/residual-adam/seed-105.json" with { type: "text" };
import text332 from "./eight/residual-adam/seed-106.diagnostics.json" with { type: "text" };
import text333 from "./eight/residual-adam/seed-106.json" with { type: "text" };
import text334 from "./eight/residual-adam/seed-107.diagnostics.json" with { type: "text" };
import text335 from "./eight/residual-adam/seed-107.json" with { type: "text" };
import text336 from "./eight/residual-adam/seed-108.diagnostics.json" with { type: "text" };
import text337 from "./eight/residual-adam/seed-108.json" with { type: "text" };
import text338 from "./eight/residual-adam/seed-109.diagnostics.json" with { type: "text" };
import text339 from "./eight/residual-adam/seed-109.json" with { type: "text" };
import text340 from "./eight/residual-sgd/seed-100.diagnostics.json" with { type: "text" };
import text341 from "./eight/residual-sgd/seed-100.json" with { type: "text" };
import text342 from "./eight/residual-sgd/seed-101.diagnostics.json" with { type: "text" };
import text343 from "./eight/residual-sgd/seed-101.json" with { type: "text" };
import text344 from "./eight/residual-sgd/seed-102.diagnostics.json" with { type: "text" };
import text345 from "./eight/residual-sgd/seed-102.json" with { type: "text" };
import text346 from "./eight/residual-sgd/seed-103.diagnostics.json" with { type: "text" };
import text347 from "./eight/residual-sgd/seed-103.json" with { type: "text" };
import text348 from "./eight/residual-sgd/seed-104.diagnostics.json" with { type: "text" };
import text349 from "./eight/residual-sgd/seed-104.json" with { type: "text" };
import text350 from "./eight/residual-sgd/seed-105.diagnostics.json" with { type: "text" };
import text351 from "./eight/residual-sgd/seed-105.json" with { type: "text" };
import text352 from "./eight/residual-sgd/seed-106.diagnostics.json" with { type: "text" };
import text353 from "./eight/residual-sgd/seed-106.json" with { type: "text" };
import text354 from "./eight/residual-sgd/seed-107.diagnostics.json" with { type: "text" };
import text355 from "./eight/residual-sgd/seed-107.json" with { type: "text" };
import text356 from "./eight/residual-sgd/seed-108.diagnostics.json" with { type: "text" };
import text357 from "./eight/residual-sgd/seed-108.json" with { type: "text" };
import text358 from "./eight/residual-sgd/seed-109.diagnostics.json" with { type: "text" };
import text359 from "./eight/residual-sgd/seed-109.json" with { type: "text" };
import text360 from "./flow/glorot/seed-100.diagnostics.json" with { type: "text" };
import text361 from "./flow/glorot/seed-100.json" with { type: "text" };
import text362 from "./flow/glorot/seed-101.diagnostics.json" with { type: "text" };
import text363 from "./flow/glorot/seed-101.json" with { type: "text" };
import text364 from "./flow/glorot/seed-102.diagnostics.json" with { type: "text" };
import text365 from "./flow/glorot/seed-102.json" with { type: "text" };
import text366 from "./flow/glorot/seed-103.diagnostics.json" with { type: "text" };
import text367 from "./flow/glorot/seed-103.json" with { type: "text" };
import text368 from "./flow/glorot/seed-104.diagnostics.json" with { type: "text" };
import text369 from "./flow/glorot/seed-104.json" with { type: "text" };
import text370 from "./flow/glorot/seed-105.diagnostics.json" with { type: "text" };
import text371 from "./flow/glorot/seed-105.json" with { type: "text" };
import text372 from "./flow/glorot/seed-106.diagnostics.json" with { type: "text" };
import text373 from "./flow/glorot/seed-106.json" with { type: "text" };
import text374 from "./flow/glorot/seed-107.diagnostics.json" with { type: "text" };
import text375 from "./flow/glorot/seed-107.json" with { type: "text" };
import text376 from "./flow/glorot/seed-108.diagnostics.json" with { type: "text" };
import text377 from "./flow/glorot/seed-108.json" with { type: "text" };
import text378 from "./flow/glorot/seed-109.diagnostics.json" with { type: "text" };
import text379 from "./flow/glorot/seed-109.json" with { type: "text" };
import text380 from "./flow/he/seed-100.diagnostics.json" with { type: "text" };
import text381 from "./flow/he/seed-100.json" with { type: "text" };
import text382 from "./flow/he/seed-101.diagnostics.json" with { type: "text" };
import text383 from "./flow/he/seed-101.json" with { type: "text" };
import text384 from "./flow/he/seed-102.diagnostics.json" with { type: "text" };
import text385 from "./flow/he/seed-102.json" with { type: "text" };
import text386 from "./flow/he/seed-103.diagnostics.json" with { type: "text" };
import text387 from "./flow/he/seed-103.json" with { type: "text" };
import text388 from "./flow/he/seed-104.diagnostics.json" with { type: "text" };
import text389 from "./flow/he/seed-104.json" with { type: "text" };
import text390 from "./flow/he/seed-105.diagnostics.json" with { type: "text" };
import text391 from "./flow/he/seed-105.json" with { type: "text" };
import text392 from "./flow/he/seed-106.diagnostics.json" with { type: "text" };
import text393 from "./flow/he/seed-106.json" with { type: "text" };
import text394 from "./flow/he/seed-107.diagnostics.json" with { type: "text" };
import text395 from "./flow/he/seed-107.json" with { type: "text" };
import text396 from "./flow/he/seed-108.diagnostics.json" with { type: "text" };
import text397 from "./flow/he/seed-108.json" with { type: "text" };
import text398 from "./flow/he/seed-109.diagnostics.json" with { type: "text" };
import text399 from "./flow/he/seed-109.json" with { type: "text" };
import text400 from "./flow/orthogonal/seed-100.diagnostics.json" with { type: "text" };
import text401 from "./flow/orthogonal/seed-100.json" with { type: "text" };
import text402 from "./flow/orthogonal/seed-101.diagnostics.json" with { type: "text" };
import text403 from "./flow/orthogonal/seed-101.json" with { type: "text" };
import text404 from "./flow/orthogonal/seed-102.diagnostics.json" with { type: "text" };
import text405 from "./flow/orthogonal/seed-102.json" with { type: "text" };
import text406 from "./flow/orthogonal/seed-103.diagnostics.json" with { type: "text" };
import text407 from "./flow/orthogonal/seed-103.json" with { type: "text" };
import text408 from "./flow/orthogonal/seed-104.diagnostics.json" with { type: "text" };
import text409 from "./flow/orthogonal/seed-104.json" with { type: "text" };
import text410 from "./flow/orthogonal/seed-105.diagnostics.json" with { type: "text" };
import text411 from "./flow/orthogonal/seed-105.json" with { type: "text" };
import text412 from "./flow/orthogonal/seed-106.diagnostics.json" with { type: "text" };
import text413 from "./flow/orthogonal/seed-106.json" with { type: "text" };
import text414 from "./flow/orthogonal/seed-107.diagnostics.json" with { type: "text" };
import text415 from "./flow/orthogonal/seed-107.json" with { type: "text" };
import text416 from "./flow/orthogonal/seed-108.diagnostics.json" with { type: "text" };
import text417 from "./flow/orthogonal/seed-108.json" with { type: "text" };
import text418 from "./flow/orthogonal/seed-109.diagnostics.json" with { type: "text" };
import text419 from "./flow/orthogonal/seed-109.json" with { type: "text" };
import text420 from "./flow/pytorch/seed-100.diagnostics.json" with { type: "text" };
import text421 from "./flow/pytorch/seed-100.json" with { type: "text" };
import text422 from "./flow/pytorch/seed-101.diagnostics.json" with { type: "text" };
import text423 from "./flow/pytorch/seed-101.json" with { type: "text" };
import text424 from "./flow/pytorch/seed-102.diagnostics.json" with { type: "text" };
import text425 from "./flow/pytorch/seed-102.json" with { type: "text" };
import text426 from "./flow/pytorch/seed-103.diagnostics.json" with { type: "text" };
import text427 from "./flow/pytorch/seed-103.json" with { type: "text" };
import text428 from "./flow/pytorch/seed-104.diagnostics.json" with { type: "text" };
import text429 from "./flow/pytorch/seed-104.json" with { type: "text" };
import text430 from "./flow/pytorch/seed-105.diagnostics.json" with { type: "text" };
import text431 from "./flow/pytorch/seed-105.json" with { type: "text" };
import text432 from "./flow/pytorch/seed-106.diagnostics.json" with { type: "text" };
import text433 from "./flow/pytorch/seed-106.json" with { type: "text" };
import text434 from "./flow/pytorch/seed-107.diagnostics.json" with { type: "text" };
import text435 from "./flow/pytorch/seed-107.json" with { type: "text" };
import text436 from "./flow/pytorch/seed-108.diagnostics.json" with { type: "text" };
import text437 from "./flow/pytorch/seed-108.json" with { type: "text" };
import text438 from "./flow/pytorch/seed-109.diagnostics.json" with { type: "text" };
import text439 from "./flow/pytorch/seed-109.json" with { type: "text" };
import text440 from "./frozen/plain-adam/seed-0.diagnostics.json" with { type: "text" };
import text441 from "./frozen/plain-adam/seed-0.json" with { type: "text" };
import text442 from "./frozen/plain-adam/seed-1.diagnostics.json" with { type: "text" };
import text443 from "./frozen/plain-adam/seed-1.json" with { type: "text" };
import text444 from "./frozen/plain-adam/seed-2.diagnostics.json" with { type: "text" };
import text445 from "./frozen/plain-adam/seed-2.json" with { type: "text" };
import text446 from "./frozen/plain-adam/seed-3.diagnostics.json" with { type: "text" };
import text447 from "./frozen/plain-adam/seed-3.json" with { type: "text" };
import text448 from "./frozen/plain-adam/seed-4.diagnostics.json" with { type: "text" };
import text449 from "./frozen/plain-adam/seed-4.json" with { type: "text" };
import text450 from "./frozen/plain-adam/seed-5.diagnostics.json" with { type: "text" };
import text451 from "./frozen/plain-adam/seed-5.json" with { type: "text" };
import text452 from "./frozen/plain-adam/seed-6.diagnostics.json" with { type: "text" };
import text453 from "./frozen/plain-adam/seed-6.json" with { type: "text" };
import text454 from "./frozen/plain-adam/seed-7.diagnostics.json" with { type: "text" };
import text455 from "./frozen/plain-adam/seed-7.json" with { type: "text" };
import text456 from "./frozen/plain-adam/seed-8.diagnostics.json" with { type: "text" };
import text457 from "./frozen/plain-adam/seed-8.json" with { type: "text" };
import text458 from "./frozen/plain-adam/seed-9.diagnostics.json" with { type: "text" };
import text459 from "./frozen/plain-adam/seed-9.json" with { type: "text" };
import text460 from "./initialization/glorot/seed-0.diagnostics.json" with { type: "text" };
import text461 from "./initialization/glorot/seed-0.json" with { type: "text" };
import text462 from "./initialization/glorot/seed-1.diagnostics.json" with { type: "text" };
import text463 from "./initialization/glorot/seed-1.json" with { type: "text" };
import text464 from "./initialization/glorot/seed-2.diagnostics.json" with { type: "text" };
import text465 from "./initialization/glorot/seed-2.json" with { type: "text" };
import text466 from "./initialization/glorot/seed-3.diagnostics.json" with { type: "text" };
import text467 from "./initialization/glorot/seed-3.json" with { type: "text" };
import text468 from "./initialization/glorot/seed-4.diagnostics.json" with { type: "text" };
import text469 from "./initialization/glorot/seed-4.json" with { type: "text" };
import text470 from "./initialization/glorot/seed-5.diagnostics.json" with { type: "text" };
import text471 from "./initialization/glorot/seed-5.json" with { type: "text" };
import text472 from "./initialization/glorot/seed-6.diagnostics.json" with { type: "text" };
import text473 from "./initialization/glorot/seed-6.json" with { type: "text" };
import text474 from "./initialization/glorot/seed-7.diagnostics.json" with { type: "text" };
import text475 from "./initialization/glorot/seed-7.json" with { type: "text" };
import text476 from "./initialization/glorot/seed-8.diagnostics.json" with { type: "text" };
import text477 from "./initialization/glorot/seed-8.json" with { type: "text" };
import text478 from "./initialization/glorot/seed-9.diagnostics.json" with { type: "text" };
import text479 from "./initialization/glorot/seed-9.json" with { type: "text" };
import text480 from "./initialization/he/seed-0.diagnostics.json" with { type: "text" };
import text481 from "./initialization/he/seed-0.json" with { type: "text" };
import text482 from "./initialization/he/seed-1.diagnostics.json" with { type: "text" };
import text483 from "./initialization/he/seed-1.json" with { type: "text" };
import text484 from "./initialization/he/seed-2.diagnostics.json" with { type: "text" };
import text485 from "./initialization/he/seed-2.json" with { type: "text" };
import text486 from "./initialization/he/seed-3.diagnostics.json" with { type: "text" };
import text487 from "./initialization/he/seed-3.json" with { type: "text" };
import text488 from "./initialization/he/seed-4.diagnostics.json" with { type: "text" };
import text489 from "./initialization/he/seed-4.json" with { type: "text" };
import text490 from "./initialization/he/seed-5.diagnostics.json" with { type: "text" };
import text491 from "./initialization/he/seed-5.json" with { type: "text" };
import text492 from "./initialization/he/seed-6.diagnostics.json" with { type: "text" };
import text493 from "./initialization/he/seed-6.json" with { type: "text" };
import text494 from "./initialization/he/seed-7.diagnostics.json" with { type: "text" };
import text495 from "./initialization/he/seed-7.json" with { type: "text" };
import text496 from "./initialization/he/seed-8.diagnostics.json" with { type: "text" };
import text497 from "./initialization/he/seed-8.json" with { type: "text" };
import text498 from "./initialization/he/seed-9.diagnostics.json" with { type: "text" };
import text499 from "./initialization/he/seed-9.json" with { type: "text" };
import text500 from "./initialization/orthogonal/seed-0.diagnostics.json" with { type: "text" };
import text501 from "./initialization/orthogonal/seed-0.json" with { type: "text" };
import text502 from "./initialization/orthogonal/seed-1.diagnostics.json" with { type: "text" };
import text503 from "./initialization/orthogonal/seed-1.json" with { type: "text" };
import text504 from "./initialization/orthogonal/seed-2.diagnostics.json" with { type: "text" };
import text505 from "./initialization/orthogonal/seed-2.json" with { type: "text" };
import text506 from "./initialization/orthogonal/seed-3.diagnostics.json" with { type: "text" };
import text507 from "./initialization/orthogonal/seed-3.json" with { type: "text" };
import text508 from "./initialization/orthogonal/seed-4.diagnostics.json" with { type: "text" };
import text509 from "./initialization/orthogonal/seed-4.json" with { type: "text" };
import text510 from "./initialization/orthogonal/seed-5.diagnostics.json" with { type: "text" };
import text511 from "./initialization/orthogonal/seed-5.json" with { type: "text" };
import text512 from "./initialization/orthogonal/seed-6.diagnostics.json" with { type: "text" };
import text513 from "./initialization/orthogonal/seed-6.json" with { type: "text" };
import text514 from "./initialization/orthogonal/seed-7.diagnostics.json" with { type: "text" };
import text515 from "./initialization/orthogonal/seed-7.json" with { type: "text" };
import text516 from "./initialization/orthogonal/seed-8.diagnostics.json" with { type: "text" };
import text517 from "./initialization/orthogonal/seed-8.json" with { type: "text" };
import text518 from "./initialization/orthogonal/seed-9.diagnostics.json" with { type: "text" };
import text519 from "./initialization/orthogonal/seed-9.json" with { type: "text" };
import text520 from "./layers/plain-adam/seed-0.diagnostics.json" with { type: "text" };
import text521 from "./layers/plain-adam/seed-0.json" with { type: "text" };
import text522 from "./layers/plain-adam/seed-1.diagnostics.json" with { type: "text" };
import text523 from "./layers/plain-adam/seed-1.json" with { type: "text" };
import text524 from "./layers/plain-adam/seed-2.diagnostics.json" with { type: "text" };
import text525 from "./layers/plain-adam/seed-2.json" with { type: "text" };
import text526 from "./layers/plain-adam/seed-3.diagnostics.json" with { type: "text" };
import text527 from "./layers/plain-adam/seed-3.json" with { type: "text" };
import text528 from "./layers/plain-adam/seed-4.diagnostics.json" with { type: "text" };
import text529 from "./layers/plain-adam/seed-4.json" with { type: "text" };
import text530 from "./layers/plain-adam/seed-5.diagnostics.json" with { type: "text" };
import text531 from "./layers/plain-adam/seed-5.json" with { type: "text" };
import text532 from "./layers/plain-adam/seed-6.diagnostics.json" with { type: "text" };
import text533 from "./layers/plain-adam/seed-6.json" with { type: "text" };
import text534 from "./layers/plain-adam/seed-7.diagnostics.json" with { type: "text" };
import text535 from "./layers/plain-adam/seed-7.json" with { type: "text" };
import text536 from "./layers/plain-adam/seed-8.diagnostics.json" with { type: "text" };
import text537 from "./layers/plain-adam/seed-8.json" with { type: "text" };
import text538 from "./layers/plain-adam/seed-9.diagnostics.json" with { type: "text" };
import text539 from "./layers/plain-adam/seed-9.json" with { type: "text" };
import text540 from "./layers/plain-sgd/seed-0.diagnostics.json" with { type: "text" };
import text541 from "./layers/plain-sgd/seed-0.json" with { type: "text" };
import text542 from "./layers/plain-sgd/seed-1.diagnostics.json" with { type: "text" };
import text543 from "./layers/plain-sgd/seed-1.json" with { type: "text" };
import text544 from "./layers/plain-sgd/seed-2.diagnostics.json" with { type: "text" };
import text545 from "./layers/plain-sgd/seed-2.json" with { type: "text" };
import text546 from "./layers/plain-sgd/seed-3.diagnostics.json" with { type: "text" };
import text547 from "./layers/plain-sgd/seed-3.json" with { type: "text" };
import text548 from "./layers/plain-sgd/seed-4.diagnostics.json" with { type: "text" };
import text549 from "./layers/plain-sgd/seed-4.json" with { type: "text" };
import text550 from "./layers/plain-sgd/seed-5.diagnostics.json" with { type: "text" };
import text551 from "./layers/plain-sgd/seed-5.json" with { type: "text" };
import text552 from "./layers/plain-sgd/seed-6.diagnostics.json" with { type: "text" };
import text553 from "./layers/plain-sgd/seed-6.json" with { type: "text" };
import text554 from "./layers/plain-sgd/seed-7.diagnostics.json" with { type: "text" };
import text555 from "./layers/plain-sgd/seed-7.json" with { type: "text" };
import text556 from "./layers/plain-sgd/seed-8.diagnostics.json" with { type: "text" };
import text557 from "./layers/plain-sgd/seed-8.json" with { type: "text" };
import text558 from "./layers/plain-sgd/seed-9.diagnostics.json" with { type: "text" };
import text559 from "./layers/plain-sgd/seed-9.json" with { type: "text" };
import text560 from "./layers/residual-adam/seed-0.diagnostics.json" with { type: "text" };
import text561 from "./layers/residual-adam/seed-0.json" with { type: "text" };
import text562 from "./layers/residual-adam/seed-1.diagnostics.json" with { type: "text" };
import text563 from "./layers/residual-adam/seed-1.json" with { type: "text" };
import text564 from "./layers/residual-adam/seed-2.diagnostics.json" with { type: "text" };
import text565 from "./layers/residual-adam/seed-2.json" with { type: "text" };
import text566 from "./layers/residual-adam/seed-3.diagnostics.json" with { type: "text" };
import text567 from "./layers/residual-adam/seed-3.json" with { type: "text" };
import text568 from "./layers/residual-adam/seed-4.diagnostics.json" with { type: "text" };
import text569 from "./layers/residual-adam/seed-4.json" with { type: "text" };
import text570 from "./layers/residual-adam/seed-5.diagnostics.json" with { type: "text" };
import text571 from "./layers/residual-adam/seed-5.json" with { type: "text" };
import text572 from "./layers/residual-adam/seed-6.diagnostics.json" with { type: "text" };
import text573 from "./layers/residual-adam/seed-6.json" with { type: "text" };
import text574 from "./layers/residual-adam/seed-7.diagnostics.json" with { type: "text" };
import text575 from "./layers/residual-adam/seed-7.json" with { type: "text" };
import text576 from "./layers/residual-adam/seed-8.diagnostics.json" with { type: "text" };
import text577 from "./layers/residual-adam/seed-8.json" with { type: "text" };
import text578 from "./layers/residual-adam/seed-9.diagnostics.json" with { type: "text" };
import text579 from "./layers/residual-adam/seed-9.json" with { type: "text" };
import text580 from "./layers/residual-sgd/seed-0.diagnostics.json" with { type: "text" };
import text581 from "./layers/residual-sgd/seed-0.json" with { type: "text" };
import text582 from "./layers/residual-sgd/seed-1.diagnostics.json" with { type: "text" };
import text583 from "./layers/residual-sgd/seed-1.json" with { type: "text" };
import text584 from "./layers/residual-sgd/seed-2.diagnostics.json" with { type: "text" };
import text585 from "./layers/residual-sgd/seed-2.json" with { type: "text" };
import text586 from "./layers/residual-sgd/seed-3.diagnostics.json" with { type: "text" };
import text587 from "./layers/residual-sgd/seed-3.json" with { type: "text" };
import text588 from "./layers/residual-sgd/seed-4.diagnostics.json" with { type: "text" };
import text589 from "./layers/residual-sgd/seed-4.json" with { type: "text" };
import text590 from "./layers/residual-sgd/seed-5.diagnostics.json" with { type: "text" };
import text591 from "./layers/residual-sgd/seed-5.json" with { type: "text" };
import text592 from "./layers/residual-sgd/seed-6.diagnostics.json" with { type: "text" };
import text593 from "./layers/residual-sgd/seed-6.json" with { type: "text" };
import text594 from "./layers/residual-sgd/seed-7.diagnostics.json" with { type: "text" };
import text595 from "./layers/residual-sgd/seed-7.json" with { type: "text" };
import text596 from "./layers/residual-sgd/seed-8.diagnostics.json" with { type: "text" };
import text597 from "./layers/residual-sgd/seed-8.json" with { type: "text" };
import text598 from "./layers/residual-sgd/seed-9.diagnostics.json" with { type: "text" };
import text599 from "./layers/residual-sgd/seed-9.json" with { type: "text" };
import text600 from "./noise/relu/seed-100.diagnostics.json" with { type: "text" };
import text601 from "./noise/relu/seed-100.json" with { type: "text" };
import text602 from "./noise/relu/seed-101.diagnostics.json" with { type: "text" };
import text603 from "./noise/relu/seed-101.json" with { type: "text" };
import text604 from "./noise/relu/seed-102.diagnostics.json" with { type: "text" };
import text605 from "./noise/relu/seed-102.json" with { type: "text" };
import text606 from "./noise/relu/seed-103.diagnostics.json" with { type: "text" };
import text607 from "./noise/relu/seed-103.json" with { type: "text" };
import text608 from "./noise/relu/seed-104.diagnostics.json" with { type: "text" };
import text609 from "./noise/relu/seed-104.json" with { type: "text" };
import text610 from "./noise/relu/seed-105.diagnostics.json" with { type: "text" };
import text611 from "./noise/relu/seed-105.json" with { type: "text" };
import text612 from "./noise/relu/seed-106.diagnostics.json" with { type: "text" };
import text613 from "./noise/relu/seed-106.json" with { type: "text" };
import text614 from "./noise/relu/seed-107.diagnostics.json" with { type: "text" };
import text615 from "./noise/relu/seed-107.json" with { type: "text" };
import text616 from "./noise/relu/seed-108.diagnostics.json" with { type: "text" };
import text617 from "./noise/relu/seed-108.json" with { type: "text" };
import text618 from "./noise/relu/seed-109.diagnostics.json" with { type: "text" };
import text619 from "./noise/relu/seed-109.json" with { type: "text" };
import text620 from "./noise/sigmoid/seed-100.diagnostics.json" with { type: "text" };
import text621 from "./noise/sigmoid/seed-100.json" with { type: "text" };
import text622 from "./noise/sigmoid/seed-101.diagnostics.json" with { type: "text" };
import text623 from "./noise/sigmoid/seed-101.json" with { type: "text" };
import text624 from "./noise/sigmoid/seed-102.diagnostics.json" with { type: "text" };
import text625 from "./noise/sigmoid/seed-102.json" with { type: "text" };
import text626 from "./noise/sigmoid/seed-103.diagnostics.json" with { type: "text" };
import text627 from "./noise/sigmoid/seed-103.json" with { type: "text" };
import text628 from "./noise/sigmoid/seed-104.diagnostics.json" with { type: "text" };
import text629 from "./noise/sigmoid/seed-104.json" with { type: "text" };
import text630 from "./noise/sigmoid/seed-105.diagnostics.json" with { type: "text" };
import text631 from "./noise/sigmoid/seed-105.json" with { type: "text" };
import text632 from "./noise/sigmoid/seed-106.diagnostics.json" with { type: "text" };
import text633 from "./noise/sigmoid/seed-106.json" with { type: "text" };
import text634 from "./noise/sigmoid/seed-107.diagnostics.json" with { type: "text" };
import text635 from "./noise/sigmoid/seed-107.json" with { type: "text" };
import text636 from "./noise/sigmoid/seed-108.diagnostics.json" with { type: "text" };
import text637 from "./noise/sigmoid/seed-108.json" with { type: "text" };
import text638 from "./noise/sigmoid/seed-109.diagnostics.json" with { type: "text" };
import text639 from "./noise/sigmoid/seed-109.json" with { type: "text" };
import text640 from "./noise/softmax/seed-100.diagnostics.json" with { type: "text" };
import text641 from "./noise/softmax/seed-100.json" with { type: "text" };
import text642 from "./noise/softmax/seed-101.diagnostics.json" with { type: "text" };
import text643 from "./noise/softmax/seed-101.json" with { type: "text" };
import text644 from "./noise/softmax/seed-102.diagnostics.json" with { type: "text" };
import text645 from "./noise/softmax/seed-102.json" with { type: "text" };
import text646 from "./noise/softmax/seed-103.diagnostics.json" with { type: "text" };
import text647 from "./noise/softmax/seed-103.json" with { type: "text" };
import text648 from "./noise/softmax/seed-104.diagnostics.json" with { type: "text" };
import text649 from "./noise/softmax/seed-104.json" with { type: "text" };
import text650 from "./noise/softmax/seed-105.diagnostics.json" with { type: "text" };
import text651 from "./noise/softmax/seed-105.json" with { type: "text" };
import text652 from "./noise/softmax/seed-106.diagnostics.json" with { type: "text" };
import text653 from "./noise/softmax/seed-106.json" with { type: "text" };
import text654 from "./noise/softmax/seed-107.diagnostics.json" with { type: "text" };
import text655 from "./noise/softmax/seed-107.json" with { type: "text" };
import text656 from "./noise/softmax/seed-108.diagnostics.json" with { type: "text" };
import text657 from "./noise/softmax/seed-108.json" with { type: "text" };
import text658 from "./noise/softmax/seed-109.diagnostics.json" with { type: "text" };
import text659 from "./noise/softmax/seed-109.json" with { type: "text" };
import text660 from "./noise/tanh/seed-100.diagnostics.json" with { type: "text" };
import text661 from "./noise/tanh/seed-100.json" with { type: "text" };
import text662 from "./noise/tanh/seed-101.diagnostics.json" with { type: "text" };
import text663 from "./noise/tanh/seed-101.json" with { type: "text" };
import text664 from "./noise/tanh/seed-102.diagnostics.json" with { type: "text" };
import text665 from "./noise/tanh/seed-102.json" with { type: "text" };
import text666 from "./noise/tanh/seed-103.diagnostics.json" with { type: "text" };
import text667 from "./noise/tanh/seed-103.json" with { type: "text" };
import text668 from "./noise/tanh/seed-104.diagnostics.json" with { type: "text" };
import text669 from "./noise/tanh/seed-104.json" with { type: "text" };
import text670 from "./noise/tanh/seed-105.diagnostics.json" with { type: "text" };
import text671 from "./noise/tanh/seed-105.json" with { type: "text" };
import text672 from "./noise/tanh/seed-106.diagnostics.json" with { type: "text" };
import text673 from "./noise/tanh/seed-106.json" with { type: "text" };
import text674 from "./noise/tanh/seed-107.diagnostics.json" with { type: "text" };
import text675 from "./noise/tanh/seed-107.json" with { type: "text" };
import text676 from "./noise/tanh/seed-108.diagnostics.json" with { type: "text" };
import text677 from "./noise/tanh/seed-108.json" with { type: "text" };
import text678 from "./noise/tanh/seed-109.diagnostics.json" with { type: "text" };
import text679 from "./noise/tanh/seed-109.json" with { type: "text" };
import text680 from "./orders/residual/seed-100.json" with { type: "text" };
import text681 from "./orders/residual/seed-101.json" with { type: "text" };
import text682 from "./orders/residual/seed-102.json" with { type: "text" };
import text683 from "./orders/residual/seed-103.json" with { type: "text" };
import text684 from "./orders/residual/seed-104.json" with { type: "text" };
import text685 from "./orders/residual/seed-105.json" with { type: "text" };
import text686 from "./orders/residual/seed-106.json" with { type: "text" };
import text687 from "./orders/residual/seed-107.json" with { type: "text" };
import text688 from "./orders/residual/seed-108.json" with { type: "text" };
import text689 from "./orders/residual/seed-109.json" with { type: "text" };
import text690 from "./paths/both/seed-100.diagnostics.json" with { type: "text" };
import text691 from "./paths/both/seed-100.json" with { type: "text" };
import text692 from "./paths/both/seed-101.diagnostics.json" with { type: "text" };
import text693 from "./paths/both/seed-101.json" with { type: "text" };
import text694 from "./paths/both/seed-102.diagnostics.json" with { type: "text" };
import text695 from "./paths/both/seed-102.json" with { type: "text" };
import text696 from "./paths/both/seed-103.diagnostics.json" with { type: "text" };
import text697 from "./paths/both/seed-103.json" with { type: "text" };
import text698 from "./paths/both/seed-104.diagnostics.json" with { type: "text" };
import text699 from "./paths/both/seed-104.json" with { type: "text" };
import text700 from "./paths/both/seed-105.diagnostics.json" with { type: "text" };
import text701 from "./paths/both/seed-105.json" with { type: "text" };
import text702 from "./paths/both/seed-106.diagnostics.json" with { type: "text" };
import text703 from "./paths/both/seed-106.json" with { type: "text" };
import text704 from "./paths/both/seed-107.diagnostics.json" with { type: "text" };
import text705 from "./paths/both/seed-107.json" with { type: "text" };
import text706 from "./paths/both/seed-108.diagnostics.json" with { type: "text" };
import text707 from "./paths/both/seed-108.json" with { type: "text" };
import text708 from "./paths/both/seed-109.diagnostics.json" with { type: "text" };
import text709 from "./paths/both/seed-109.json" with { type: "text" };
import text710 from "./paths/x_in-detached/seed-100.json" with { type: "text" };
import text711 from "./paths/x_in-detached/seed-101.json" with { type: "text" };
import text712 from "./paths/x_in-detached/seed-102.json" with { type: "text" };
import text713 from "./paths/x_in-detached/seed-103.json" with { type: "text" };
import text714 from "./paths/x_in-detached/seed-104.json" with { type: "text" };
import text715 from "./paths/x_in-detached/seed-105.json" with { type: "text" };
import text716 from "./paths/x_in-detached/seed-106.json" with { type: "text" };
import text717 from "./paths/x_in-detached/seed-107.json" with { type: "text" };
import text718 from "./paths/x_in-detached/seed-108.json" with { type: "text" };
import text719 from "./paths/x_in-detached/seed-109.json" with { type: "text" };
import text720 from "./paths/x_res-detached/seed-100.json" with { type: "text" };
import text721 from "./paths/x_res-detached/seed-101.json" with { type: "text" };
import text722 from "./paths/x_res-detached/seed-102.json" with { type: "text" };
import text723 from "./paths/x_res-detached/seed-103.json" with { type: "text" };
import text724 from "./paths/x_res-detached/seed-104.json" with { type: "text" };
import text725 from "./paths/x_res-detached/seed-105.json" with { type: "text" };
import text726 from "./paths/x_res-detached/seed-106.json" with { type: "text" };
import text727 from "./paths/x_res-detached/seed-107.json" with { type: "text" };
import text728 from "./paths/x_res-detached/seed-108.json" with { type: "text" };
import text729 from "./paths/x_res-detached/seed-109.json" with { type: "text" };
import text730 from "./rates/plain-adam-0.0003/seed-200.json" with { type: "text" };
import text731 from "./rates/plain-adam-0.0003/seed-201.json" with { type: "text" };
import text732 from "./rates/plain-adam-0.0003/seed-202.json" with { type: "text" };
import text733 from "./rates/plain-adam-0.001/seed-200.json" with { type: "text" };
import text734 from "./rates/plain-adam-0.001/seed-201.json" with { type: "text" };
import text735 from "./rates/plain-adam-0.001/seed-202.json" with { type: "text" };
import text736 from "./rates/plain-adam-0.003/seed-200.json" with { type: "text" };
import text737 from "./rates/plain-adam-0.003/seed-201.json" with { type: "text" };
import text738 from "./rates/plain-adam-0.003/seed-202.json" with { type: "text" };
import text739 from "./rates/plain-adam-0.01/seed-200.json" with { type: "text" };
import text740 from "./rates/plain-adam-0.01/seed-201.json" with { type: "text" };
import text741 from "./rates/plain-adam-0.01/seed-202.json" with { type: "text" };
import text742 from "./rates/plain-sgd-0.03/seed-200.json" with { type: "text" };
import text743 from "./rates/plain-sgd-0.03/seed-201.json" with { type: "text" };
import text744 from "./rates/plain-sgd-0.03/seed-202.json" with { type: "text" };
import text745 from "./rates/plain-sgd-0.1/seed-200.json" with { type: "text" };
import text746 from "./rates/plain-sgd-0.1/seed-201.json" with { type: "text" };
import text747 from "./rates/plain-sgd-0.1/seed-202.json" with { type: "text" };
import text748 from "./rates/plain-sgd-0.2/seed-200.json" with { type: "text" };
import text749 from "./rates/plain-sgd-0.2/seed-201.json" with { type: "text" };
import text750 from "./rates/plain-sgd-0.2/seed-202.json" with { type: "text" };
import text751 from "./rates/residual-adam-0.0003/seed-200.json" with { type: "text" };
import text752 from "./rates/residual-adam-0.0003/seed-201.json" with { type: "text" };
import text753 from "./rates/residual-adam-0.0003/seed-202.json" with { type: "text" };
import text754 from "./rates/residual-adam-0.001/seed-200.json" with { type: "text" };
import text755 from "./rates/residual-adam-0.001/seed-201.json" with { type: "text" };
import text756 from "./rates/residual-adam-0.001/seed-202.json" with { type: "text" };
import text757 from "./rates/residual-adam-0.003/seed-200.json" with { type: "text" };
import text758 from "./rates/residual-adam-0.003/seed-201.json" with { type: "text" };
import text759 from "./rates/residual-adam-0.003/seed-202.json" with { type: "text" };
import text760 from "./rates/residual-adam-0.01/seed-200.json" with { type: "text" };
import text761 from "./rates/residual-adam-0.01/seed-201.json" with { type: "text" };
import text762 from "./rates/residual-adam-0.01/seed-202.json" with { type: "text" };
import text763 from "./rates/residual-sgd-0.03/seed-200.json" with { type: "text" };
import text764 from "./rates/residual-sgd-0.03/seed-201.json" with { type: "text" };
import text765 from "./rates/residual-sgd-0.03/seed-202.json" with { type: "text" };
import text766 from "./rates/residual-sgd-0.1/seed-200.json" with { type: "text" };
import text767 from "./rates/residual-sgd-0.1/seed-201.json" with { type: "text" };
import text768 from "./rates/residual-sgd-0.1/seed-202.json" with { type: "text" };
import text769 from "./rates/residual-sgd-0.2/seed-200.json" with { type: "text" };
import text770 from "./rates/residual-sgd-0.2/seed-201.json" with { type: "text" };
import text771 from "./rates/residual-sgd-0.2/seed-202.json" with { type: "text" };
import text772 from "./shrinking/glorot/seed-100.diagnostics.json" with { type: "text" };
import text773 from "./shrinking/glorot/seed-100.json" with { type: "text" };
import text774 from "./shrinking/glorot/seed-101.diagnostics.json" with { type: "text" };
import text775 from "./shrinking/glorot/seed-101.json" with { type: "text" };
import text776 from "./shrinking/glorot/seed-102.diagnostics.json" with { type: "text" };
import text777 from "./shrinking/glorot/seed-102.json" with { type: "text" };
import text778 from "./shrinking/glorot/seed-103.diagnostics.json" with { type: "text" };
import text779 from "./shrinking/glorot/seed-103.json" with { type: "text" };
import text780 from "./shrinking/glorot/seed-104.diagnostics.json" with { type: "text" };
import text781 from "./shrinking/glorot/seed-104.json" with { type: "text" };
import text782 from "./shrinking/glorot/seed-105.diagnostics.json" with { type: "text" };
import text783 from "./shrinking/glorot/seed-105.json" with { type: "text" };
import text784 from "./shrinking/glorot/seed-106.diagnostics.json" with { type: "text" };
import text785 from "./shrinking/glorot/seed-106.json" with { type: "text" };
import text786 from "./shrinking/glorot/seed-107.diagnostics.json" with { type: "text" };
import text787 from "./shrinking/glorot/seed-107.json" with { type: "text" };
import text788 from "./shrinking/glorot/seed-108.diagnostics.json" with { type: "text" };
import text789 from "./shrinking/glorot/seed-108.json" with { type: "text" };
import text790 from "./shrinking/glorot/seed-109.diagnostics.json" with { type: "text" };
import text791 from "./shrinking/glorot/seed-109.json" with { type: "text" };
import text792 from "./shrinking/he/seed-100.diagnostics.json" with { type: "text" };
import text793 from "./shrinking/he/seed-100.json" with { type: "text" };
import text794 from "./shrinking/he/seed-101.diagnostics.json" with { type: "text" };
import text795 from "./shrinking/he/seed-101.json" with { type: "text" };
import text796 from "./shrinking/he/seed-102.diagnostics.json" with { type: "text" };
import text797 from "./shrinking/he/seed-102.json" with { type: "text" };
import text798 from "./shrinking/he/seed-103.diagnostics.json" with { type: "text" };
import text799 from "./shrinking/he/seed-103.json" with { type: "text" };
import text800 from "./shrinking/he/seed-104.diagnostics.json" with { type: "text" };
import text801 from "./shrinking/he/seed-104.json" with { type: "text" };
import text802 from "./shrinking/he/seed-105.diagnostics.json" with { type: "text" };
import text803 from "./shrinking/he/seed-105.json" with { type: "text" };
import text804 from "./shrinking/he/seed-106.diagnostics.json" with { type: "text" };
import text805 from "./shrinking/he/seed-106.json" with { type: "text" };
import text806 from "./shrinking/he/seed-107.diagnostics.json" with { type: "text" };
import text807 from "./shrinking/he/seed-107.json" with { type: "text" };
import text808 from "./shrinking/he/seed-108.diagnostics.json" with { type: "text" };
import text809 from "./shrinking/he/seed-108.json" with { type: "text" };
import text810 from "./shrinking/he/seed-109.diagnostics.json" with { type: "text" };
import text811 from "./shrinking/he/seed-109.json" with { type: "text" };
import text812 from "./shrinking/orthogonal/seed-100.diagnostics.json" with { type: "text" };
import text813 from "./shrinking/orthogonal/seed-100.json" with { type: "text" };
import text814 from "./shrinking/orthogonal/seed-101.diagnostics.json" with { type: "text" };
import text815 from "./shrinking/orthogonal/seed-101.json" with { type: "text" };
import text816 from "./shrinking/orthogonal/seed-102.diagnostics.json" with { type: "text" };
import text817 from "./shrinking/orthogonal/seed-102.json" with { type: "text" };
import text818 from "./shrinking/orthogonal/seed-103.diagnostics.json" with { type: "text" };
import text819 from "./shrinking/orthogonal/seed-103.json" with { type: "text" };
import text820 from "./shrinking/orthogonal/seed-104.diagnostics.json" with { type: "text" };
import text821 from "./shrinking/orthogonal/seed-104.json" with { type: "text" };
import text822 from "./shrinking/orthogonal/seed-105.diagnostics.json" with { type: "text" };
import text823 from "./shrinking/orthogonal/seed-105.json" with { type: "text" };
import text824 from "./shrinking/orthogonal/seed-106.diagnostics.json" with { type: "text" };
import text825 from "./shrinking/orthogonal/seed-106.json" with { type: "text" };
import text826 from "./shrinking/orthogonal/seed-107.diagnostics.json" with { type: "text" };
import text827 from "./shrinking/orthogonal/seed-107.json" with { type: "text" };
import text828 from "./shrinking/orthogonal/seed-108.diagnostics.json" with { type: "text" };
import text829 from "./shrinking/orthogonal/seed-108.json" with { type: "text" };
import text830 from "./shrinking/orthogonal/seed-109.diagnostics.json" with { type: "text" };
import text831 from "./shrinking/orthogonal/seed-109.json" with { type: "text" };
import text832 from "./tuned/plain-adam/seed-100.json" with { type: "text" };
import text833 from "./tuned/plain-adam/seed-101.json" with { type: "text" };
import text834 from "./tuned/plain-adam/seed-102.json" with { type: "text" };
import text835 from "./tuned/plain-adam/seed-103.json" with { type: "text" };
import text836 from "./tuned/plain-adam/seed-104.json" with { type: "text" };
import text837 from "./tuned/plain-adam/seed-105.json" with { type: "text" };
import text838 from "./tuned/plain-adam/seed-106.json" with { type: "text" };
import text839 from "./tuned/plain-adam/seed-107.json" with { type: "text" };
import text840 from "./tuned/plain-adam/seed-108.json" with { type: "text" };
import text841 from "./tuned/plain-adam/seed-109.json" with { type: "text" };
import text842 from "./tuned/plain-sgd/seed-100.json" with { type: "text" };
import text843 from "./tuned/plain-sgd/seed-101.json" with { type: "text" };
import text844 from "./tuned/plain-sgd/seed-102.json" with { type: "text" };
import text845 from "./tuned/plain-sgd/seed-103.json" with { type: "text" };
import text846 from "./tuned/plain-sgd/seed-104.json" with { type: "text" };
import text847 from "./tuned/plain-sgd/seed-105.json" with { type: "text" };
import text848 from "./tuned/plain-sgd/seed-106.json" with { type: "text" };
import text849 from "./tuned/plain-sgd/seed-107.json" with { type: "text" };
import text850 from "./tuned/plain-sgd/seed-108.json" with { type: "text" };
import text851 from "./tuned/plain-sgd/seed-109.json" with { type: "text" };
import text852 from "./tuned/residual-adam/seed-100.json" with { type: "text" };
import text853 from "./tuned/residual-adam/seed-101.json" with { type: "text" };
import text854 from "./tuned/residual-adam/seed-102.json" with { type: "text" };
import text855 from "./tuned/residual-adam/seed-103.json" with { type: "text" };
import text856 from "./tuned/residual-adam/seed-104.json" with { type: "text" };
import text857 from "./tuned/residual-adam/seed-105.json" with { type: "text" };
import text858 from "./tuned/residual-adam/seed-106.json" with { type: "text" };
import text859 from "./tuned/residual-adam/seed-107.json" with { type: "text" };
import text860 from "./tuned/residual-adam/seed-108.json" with { type: "text" };
import text861 from "./tuned/residual-adam/seed-109.json" with { type: "text" };
import text862 from "./tuned/residual-sgd/seed-100.json" with { type: "text" };
import text863 from "./tuned/residual-sgd/seed-101.json" with { type: "text" };
import text864 from "./tuned/residual-sgd/seed-102.json" with { type: "text" };
import text865 from "./tuned/residual-sgd/seed-103.json" with { type: "text" };
import text866 from "./tuned/residual-sgd/seed-104.json" with { type: "text" };
import text867 from "./tuned/residual-sgd/seed-105.json" with { type: "text" };
import text868 from "./tuned/residual-sgd/seed-106.json" with { type: "text" };
import text869 from "./tuned/residual-sgd/seed-107.json" with { type: "text" };
import text870 from "./tuned/residual-sgd/seed-108.json" with { type: "text" };
import text871 from "./tuned/residual-sgd/seed-109.json" with { type: "text" };

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
  "eight/plain-adam/seed-100.diagnostics.json": text280,
  "eight/plain-adam/seed-100.json": text281,
  "eight/plain-adam/seed-101.diagnostics.json": text282,
  "eight/plain-adam/seed-101.json": text283,
  "eight/plain-adam/seed-102.diagnostics.json": text284,
  "eight/plain-adam/seed-102.json": text285,
  "eight/plain-adam/seed-103.diagnostics.json": text286,
  "eight/plain-adam/seed-103.json": text287,
  "eight/plain-adam/seed-104.diagnostics.json": text288,
  "eight/plain-adam/seed-104.json": text289,
  "eight/plain-adam/seed-105.diagnostics.json": text290,
  "eight/plain-adam/seed-105.json": text291,
  "eight/plain-adam/seed-106.diagnostics.json": text292,
  "eight/plain-adam/seed-106.json": text293,
  "eight/plain-adam/seed-107.diagnostics.json": text294,
  "eight/plain-adam/seed-107.json": text295,
  "eight/plain-adam/seed-108.diagnostics.json": text296,
  "eight/plain-adam/seed-108.json": text297,
  "eight/plain-adam/seed-109.diagnostics.json": text298,
  "eight/plain-adam/seed-109.json": text299,
  "eight/plain-sgd/seed-100.diagnostics.json": text300,
  "eight/plain-sgd/seed-100.json": text301,
  "eight/plain-sgd/seed-101.diagnostics.json": text302,
  "eight/plain-sgd/seed-101.json": text303,
  "eight/plain-sgd/seed-102.diagnostics.json": text304,
  "eight/plain-sgd/seed-102.json": text305,
  "eight/plain-sgd/seed-103.diagnostics.json": text306,
  "eight/plain-sgd/seed-103.json": text307,
  "eight/plain-sgd/seed-104.diagnostics.json": text308,
  "eight/plain-sgd/seed-104.json": text309,
  "eight/plain-sgd/seed-105.diagnostics.json": text310,
  "eight/plain-sgd/seed-105.json": text311,
  "eight/plain-sgd/seed-106.diagnostics.json": text312,
  "eight/plain-sgd/seed-106.json": text313,
  "eight/plain-sgd/seed-107.diagnostics.json": text314,
  "eight/plain-sgd/seed-107.json": text315,
  "eight/plain-sgd/seed-108.diagnostics.json": text316,
  "eight/plain-sgd/seed-108.json": text317,
  "eight/plain-sgd/seed-109.diagnostics.json": text318,
  "eight/plain-sgd/seed-109.json": text319,
  "eight/residual-adam/seed-100.diagnostics.json": text320,
  "eight/residual-adam/seed-100.json": text321,
  "eight/residual-adam/seed-101.diagnostics.json": text322,
  "eight/residual-adam/seed-101.json": text323,
  "eight/residual-adam/seed-102.diagnostics.json": text324,
  "eight/residual-adam/seed-102.json": text325,
  "eight/residual-adam/seed-103.diagnostics.json": text326,
  "eight/residual-adam/seed-103.json": text327,
  "eight/residual-adam/seed-104.diagnostics.json": text328,
  "eight/residual-adam/seed-104.json": text329,
  "eight/residual-adam/seed-105.diagnostics.json": text330,
  "eight/residual-adam/seed-105.json": text331,
  "eight/residual-adam/seed-106.diagnostics.json": text332,
  "eight/residual-adam/seed-106.json": text333,
  "eight/residual-adam/seed-107.diagnostics.json": text334,
  "eight/residual-adam/seed-107.json": text335,
  "eight/residual-adam/seed-108.diagnostics.json": text336,
  "eight/residual-adam/seed-108.json": text337,
  "eight/residual-adam/seed-109.diagnostics.json": text338,
  "eight/residual-adam/seed-109.json": text339,
  "eight/residual-sgd/seed-100.diagnostics.json": text340,
  "eight/residual-sgd/seed-100.json": text341,
  "eight/residual-sgd/seed-101.diagnostics.json": text342,
  "eight/residual-sgd/seed-101.json": text343,
  "eight/residual-sgd/seed-102.diagnostics.json": text344,
  "eight/residual-sgd/seed-102.json": text345,
  "eight/residual-sgd/seed-103.diagnostics.json": text346,
  "eight/residual-sgd/seed-103.json": text347,
  "eight/residual-sgd/seed-104.diagnostics.json": text348,
  "eight/residual-sgd/seed-104.json": text349,
  "eight/residual-sgd/seed-105.diagnostics.json": text350,
  "eight/residual-sgd/seed-105.json": text351,
  "eight/residual-sgd/seed-106.diagnostics.json": text352,
  "eight/residual-sgd/seed-106.json": text353,
  "eight/residual-sgd/seed-107.diagnostics.json": text354,
  "eight/residual-sgd/seed-107.json": text355,
  "eight/residual-sgd/seed-108.diagnostics.json": text356,
  "eight/residual-sgd/seed-108.json": text357,
  "eight/residual-sgd/seed-109.diagnostics.json": text358,
  "eight/residual-sgd/seed-109.json": text359,
  "flow/glorot/seed-100.diagnostics.json": text360,
  "flow/glorot/seed-100.json": text361,
  "flow/glorot/seed-101.diagnostics.json": text362,
  "flow/glorot/seed-101.json": text363,
  "flow/glorot/seed-102.diagnostics.json": text364,
  "flow/glorot/seed-102.json": text365,
  "flow/glorot/seed-103.diagnostics.json": text366,
  "flow/glorot/seed-103.json": text367,
  "flow/glorot/seed-104.diagnostics.json": text368,
  "flow/glorot/seed-104.json": text369,
  "flow/glorot/seed-105.diagnostics.json": text370,
  "flow/glorot/seed-105.json": text371,
  "flow/glorot/seed-106.diagnostics.json": text372,
  "flow/glorot/seed-106.json": text373,
  "flow/glorot/seed-107.diagnostics.json": text374,
  "flow/glorot/seed-107.json": text375,
  "flow/glorot/seed-108.diagnostics.json": text376,
  "flow/glorot/seed-108.json": text377,
  "flow/glorot/seed-109.diagnostics.json": text378,
  "flow/glorot/seed-109.json": text379,
  "flow/he/seed-100.diagnostics.json": text380,
  "flow/he/seed-100.json": text381,
  "flow/he/seed-101.diagnostics.json": text382,
  "flow/he/seed-101.json": text383,
  "flow/he/seed-102.diagnostics.json": text384,
  "flow/he/seed-102.json": text385,
  "flow/he/seed-103.diagnostics.json": text386,
  "flow/he/seed-103.json": text387,
  "flow/he/seed-104.diagnostics.json": text388,
  "flow/he/seed-104.json": text389,
  "flow/he/seed-105.diagnostics.json": text390,
  "flow/he/seed-105.json": text391,
  "flow/he/seed-106.diagnostics.json": text392,
  "flow/he/seed-106.json": text393,
  "flow/he/seed-107.diagnostics.json": text394,
  "flow/he/seed-107.json": text395,
  "flow/he/seed-108.diagnostics.json": text396,
  "flow/he/seed-108.json": text397,
  "flow/he/seed-109.diagnostics.json": text398,
  "flow/he/seed-109.json": text399,
  "flow/orthogonal/seed-100.diagnostics.json": text400,
  "flow/orthogonal/seed-100.json": text401,
  "flow/orthogonal/seed-101.diagnostics.json": text402,
  "flow/orthogonal/seed-101.json": text403,
  "flow/orthogonal/seed-102.diagnostics.json": text404,
  "flow/orthogonal/seed-102.json": text405,
  "flow/orthogonal/seed-103.diagnostics.json": text406,
  "flow/orthogonal/seed-103.json": text407,
  "flow/orthogonal/seed-104.diagnostics.json": text408,
  "flow/orthogonal/seed-104.json": text409,
  "flow/orthogonal/seed-105.diagnostics.json": text410,
  "flow/orthogonal/seed-105.json": text411,
  "flow/orthogonal/seed-106.diagnostics.json": text412,
  "flow/orthogonal/seed-106.json": text413,
  "flow/orthogonal/seed-107.diagnostics.json": text414,
  "flow/orthogonal/seed-107.json": text415,
  "flow/orthogonal/seed-108.diagnostics.json": text416,
  "flow/orthogonal/seed-108.json": text417,
  "flow/orthogonal/seed-109.diagnostics.json": text418,
  "flow/orthogonal/seed-109.json": text419,
  "flow/pytorch/seed-100.diagnostics.json": text420,
  "flow/pytorch/seed-100.json": text421,
  "flow/pytorch/seed-101.diagnostics.json": text422,
  "flow/pytorch/seed-101.json": text423,
  "flow/pytorch/seed-102.diagnostics.json": text424,
  "flow/pytorch/seed-102.json": text425,
  "flow/pytorch/seed-103.diagnostics.json": text426,
  "flow/pytorch/seed-103.json": text427,
  "flow/pytorch/seed-104.diagnostics.json": text428,
  "flow/pytorch/seed-104.json": text429,
  "flow/pytorch/seed-105.diagnostics.json": text430,
  "flow/pytorch/seed-105.json": text431,
  "flow/pytorch/seed-106.diagnostics.json": text432,
  "flow/pytorch/seed-106.json": text433,
  "flow/pytorch/seed-107.diagnostics.json": text434,
  "flow/pytorch/seed-107.json": text435,
  "flow/pytorch/seed-108.diagnostics.json": text436,
  "flow/pytorch/seed-108.json": text437,
  "flow/pytorch/seed-109.diagnostics.json": text438,
  "flow/pytorch/seed-109.json": text439,
  "frozen/plain-adam/seed-0.diagnostics.json": text440,
  "frozen/plain-adam/seed-0.json": text441,
  "frozen/plain-adam/seed-1.diagnostics.json": text442,
  "frozen/plain-adam/seed-1.json": text443,
  "frozen/plain-adam/seed-2.diagnostics.json": text444,
  "frozen/plain-adam/seed-2.json": text445,
  "frozen/plain-adam/seed-3.diagnostics.json": text446,
  "frozen/plain-adam/seed-3.json": text447,
  "frozen/plain-adam/seed-4.diagnostics.json": text448,
  "frozen/plain-adam/seed-4.json": text449,
  "frozen/plain-adam/seed-5.diagnostics.json": text450,
  "frozen/plain-adam/seed-5.json": text451,
  "frozen/plain-adam/seed-6.diagnostics.json": text452,
  "frozen/plain-adam/seed-6.json": text453,
  "frozen/plain-adam/seed-7.diagnostics.json": text454,
  "frozen/plain-adam/seed-7.json": text455,
  "frozen/plain-adam/seed-8.diagnostics.json": text456,
  "frozen/plain-adam/seed-8.json": text457,
  "frozen/plain-adam/seed-9.diagnostics.json": text458,
  "frozen/plain-adam/seed-9.json": text459,
  "initialization/glorot/seed-0.diagnostics.json": text460,
  "initialization/glorot/seed-0.json": text461,
  "initialization/glorot/seed-1.diagnostics.json": text462,
  "initialization/glorot/seed-1.json": text463,
  "initialization/glorot/seed-2.diagnostics.json": text464,
  "initialization/glorot/seed-2.json": text465,
  "initialization/glorot/seed-3.diagnostics.json": text466,
  "initialization/glorot/seed-3.json": text467,
  "initialization/glorot/seed-4.diagnostics.json": text468,
  "initialization/glorot/seed-4.json": text469,
  "initialization/glorot/seed-5.diagnostics.json": text470,
  "initialization/glorot/seed-5.json": text471,
  "initialization/glorot/seed-6.diagnostics.json": text472,
  "initialization/glorot/seed-6.json": text473,
  "initialization/glorot/seed-7.diagnostics.json": text474,
  "initialization/glorot/seed-7.json": text475,
  "initialization/glorot/seed-8.diagnostics.json": text476,
  "initialization/glorot/seed-8.json": text477,
  "initialization/glorot/seed-9.diagnostics.json": text478,
  "initialization/glorot/seed-9.json": text479,
  "initialization/he/seed-0.diagnostics.json": text480,
  "initialization/he/seed-0.json": text481,
  "initialization/he/seed-1.diagnostics.json": text482,
  "initialization/he/seed-1.json": text483,
  "initialization/he/seed-2.diagnostics.json": text484,
  "initialization/he/seed-2.json": text485,
  "initialization/he/seed-3.diagnostics.json": text486,
  "initialization/he/seed-3.json": text487,
  "initialization/he/seed-4.diagnostics.json": text488,
  "initialization/he/seed-4.json": text489,
  "initialization/he/seed-5.diagnostics.json": text490,
  "initialization/he/seed-5.json": text491,
  "initialization/he/seed-6.diagnostics.json": text492,
  "initialization/he/seed-6.json": text493,
  "initialization/he/seed-7.diagnostics.json": text494,
  "initialization/he/seed-7.json": text495,
  "initialization/he/seed-8.diagnostics.json": text496,
  "initialization/he/seed-8.json": text497,
  "initialization/he/seed-9.diagnostics.json": text498,
  "initialization/he/seed-9.json": text499,
  "initialization/orthogonal/seed-0.diagnostics.json": text500,
  "initialization/orthogonal/seed-0.json": text501,
  "initialization/orthogonal/seed-1.diagnostics.json": text502,
  "initialization/orthogonal/seed-1.json": text503,
  "initialization/orthogonal/seed-2.diagnostics.json": text504,
  "initialization/orthogonal/seed-2.json": text505,
  "initialization/orthogonal/seed-3.diagnostics.json": text506,
  "initialization/orthogonal/seed-3.json": text507,
  "initialization/orthogonal/seed-4.diagnostics.json": text508,
  "initialization/orthogonal/seed-4.json": text509,
  "initialization/orthogonal/seed-5.diagnostics.json": text510,
  "initialization/orthogonal/seed-5.json": text511,
  "initialization/orthogonal/seed-6.diagnostics.json": text512,
  "initialization/orthogonal/seed-6.json": text513,
  "initialization/orthogonal/seed-7.diagnostics.json": text514,
  "initialization/orthogonal/seed-7.json": text515,
  "initialization/orthogonal/seed-8.diagnostics.json": text516,
  "initialization/orthogonal/seed-8.json": text517,
  "initialization/orthogonal/seed-9.diagnostics.json": text518,
  "initialization/orthogonal/seed-9.json": text519,
  "layers/plain-adam/seed-0.diagnostics.json": text520,
  "layers/plain-adam/seed-0.json": text521,
  "layers/plain-adam/seed-1.diagnostics.json": text522,
  "layers/plain-adam/seed-1.json": text523,
  "layers/plain-adam/seed-2.diagnostics.json": text524,
  "layers/plain-adam/seed-2.json": text525,
  "layers/plain-adam/seed-3.diagnostics.json": text526,
  "layers/plain-adam/seed-3.json": text527,
  "layers/plain-adam/seed-4.diagnostics.json": text528,
  "layers/plain-adam/seed-4.json": text529,
  "layers/plain-adam/seed-5.diagnostics.json": text530,
  "layers/plain-adam/seed-5.json": text531,
  "layers/plain-adam/seed-6.diagnostics.json": text532,
  "layers/plain-adam/seed-6.json": text533,
  "layers/plain-adam/seed-7.diagnostics.json": text534,
  "layers/plain-adam/seed-7.json": text535,
  "layers/plain-adam/seed-8.diagnostics.json": text536,
  "layers/plain-adam/seed-8.json": text537,
  "layers/plain-adam/seed-9.diagnostics.json": text538,
  "layers/plain-adam/seed-9.json": text539,
  "layers/plain-sgd/seed-0.diagnostics.json": text540,
  "layers/plain-sgd/seed-0.json": text541,
  "layers/plain-sgd/seed-1.diagnostics.json": text542,
  "layers/plain-sgd/seed-1.json": text543,
  "layers/plain-sgd/seed-2.diagnostics.json": text544,
  "layers/plain-sgd/seed-2.json": text545,
  "layers/plain-sgd/seed-3.diagnostics.json": text546,
  "layers/plain-sgd/seed-3.json": text547,
  "layers/plain-sgd/seed-4.diagnostics.json": text548,
  "layers/plain-sgd/seed-4.json": text549,
  "layers/plain-sgd/seed-5.diagnostics.json": text550,
  "layers/plain-sgd/seed-5.json": text551,
  "layers/plain-sgd/seed-6.diagnostics.json": text552,
  "layers/plain-sgd/seed-6.json": text553,
  "layers/plain-sgd/seed-7.diagnostics.json": text554,
  "layers/plain-sgd/seed-7.json": text555,
  "layers/plain-sgd/seed-8.diagnostics.json": text556,
  "layers/plain-sgd/seed-8.json": text557,
  "layers/plain-sgd/seed-9.diagnostics.json": text558,
  "layers/plain-sgd/seed-9.json": text559,
  "layers/residual-adam/seed-0.diagnostics.json": text560,
  "layers/residual-adam/seed-0.json": text561,
  "layers/residual-adam/seed-1.diagnostics.json": text562,
  "layers/residual-adam/seed-1.json": text563,
  "layers/residual-adam/seed-2.diagnostics.json": text564,
  "layers/residual-adam/seed-2.json": text565,
  "layers/residual-adam/seed-3.diagnostics.json": text566,
  "layers/residual-adam/seed-3.json": text567,
  "layers/residual-adam/seed-4.diagnostics.json": text568,
  "layers/residual-adam/seed-4.json": text569,
  "layers/residual-adam/seed-5.diagnostics.json": text570,
  "layers/residual-adam/seed-5.json": text571,
  "layers/residual-adam/seed-6.diagnostics.json": text572,
  "layers/residual-adam/seed-6.json": text573,
  "layers/residual-adam/seed-7.diagnostics.json": text574,
  "layers/residual-adam/seed-7.json": text575,
  "layers/residual-adam/seed-8.diagnostics.json": text576,
  "layers/residual-adam/seed-8.json": text577,
  "layers/residual-adam/seed-9.diagnostics.json": text578,
  "layers/residual-adam/seed-9.json": text579,
  "layers/residual-sgd/seed-0.diagnostics.json": text580,
  "layers/residual-sgd/seed-0.json": text581,
  "layers/residual-sgd/seed-1.diagnostics.json": text582,
  "layers/residual-sgd/seed-1.json": text583,
  "layers/residual-sgd/seed-2.diagnostics.json": text584,
  "layers/residual-sgd/seed-2.json": text585,
  "layers/residual-sgd/seed-3.diagnostics.json": text586,
  "layers/residual-sgd/seed-3.json": text587,
  "layers/residual-sgd/seed-4.diagnostics.json": text588,
  "layers/residual-sgd/seed-4.json": text589,
  "layers/residual-sgd/seed-5.diagnostics.json": text590,
  "layers/residual-sgd/seed-5.json": text591,
  "layers/residual-sgd/seed-6.diagnostics.json": text592,
  "layers/residual-sgd/seed-6.json": text593,
  "layers/residual-sgd/seed-7.diagnostics.json": text594,
  "layers/residual-sgd/seed-7.json": text595,
  "layers/residual-sgd/seed-8.diagnostics.json": text596,
  "layers/residual-sgd/seed-8.json": text597,
  "layers/residual-sgd/seed-9.diagnostics.json": text598,
  "layers/residual-sgd/seed-9.json": text599,
  "noise/relu/seed-100.diagnostics.json": text600,
  "noise/relu/seed-100.json": text601,
  "noise/relu/seed-101.diagnostics.json": text602,
  "noise/relu/seed-101.json": text603,
  "noise/relu/seed-102.diagnostics.json": text604,
  "noise/relu/seed-102.json": text605,
  "noise/relu/seed-103.diagnostics.json": text606,
  "noise/relu/seed-103.json": text607,
  "noise/relu/seed-104.diagnostics.json": text608,
  "noise/relu/seed-104.json": text609,
  "noise/relu/seed-105.diagnostics.json": text610,
  "noise/relu/seed-105.json": text611,
  "noise/relu/seed-106.diagnostics.json": text612,
  "noise/relu/seed-106.json": text613,
  "noise/relu/seed-107.diagnostics.json": text614,
  "noise/relu/seed-107.json": text615,
  "noise/relu/seed-108.diagnostics.json": text616,
  "noise/relu/seed-108.json": text617,
  "noise/relu/seed-109.diagnostics.json": text618,
  "noise/relu/seed-109.json": text619,
  "noise/sigmoid/seed-100.diagnostics.json": text620,
  "noise/sigmoid/seed-100.json": text621,
  "noise/sigmoid/seed-101.diagnostics.json": text622,
  "noise/sigmoid/seed-101.json": text623,
  "noise/sigmoid/seed-102.diagnostics.json": text624,
  "noise/sigmoid/seed-102.json": text625,
  "noise/sigmoid/seed-103.diagnostics.json": text626,
  "noise/sigmoid/seed-103.json": text627,
  "noise/sigmoid/seed-104.diagnostics.json": text628,
  "noise/sigmoid/seed-104.json": text629,
  "noise/sigmoid/seed-105.diagnostics.json": text630,
  "noise/sigmoid/seed-105.json": text631,
  "noise/sigmoid/seed-106.diagnostics.json": text632,
  "noise/sigmoid/seed-106.json": text633,
  "noise/sigmoid/seed-107.diagnostics.json": text634,
  "noise/sigmoid/seed-107.json": text635,
  "noise/sigmoid/seed-108.diagnostics.json": text636,
  "noise/sigmoid/seed-108.json": text637,
  "noise/sigmoid/seed-109.diagnostics.json": text638,
  "noise/sigmoid/seed-109.json": text639,
  "noise/softmax/seed-100.diagnostics.json": text640,
  "noise/softmax/seed-100.json": text641,
  "noise/softmax/seed-101.diagnostics.json": text642,
  "noise/softmax/seed-101.json": text643,
  "noise/softmax/seed-102.diagnostics.json": text644,
  "noise/softmax/seed-102.json": text645,
  "noise/softmax/seed-103.diagnostics.json": text646,
  "noise/softmax/seed-103.json": text647,
  "noise/softmax/seed-104.diagnostics.json": text648,
  "noise/softmax/seed-104.json": text649,
  "noise/softmax/seed-105.diagnostics.json": text650,
  "noise/softmax/seed-105.json": text651,
  "noise/softmax/seed-106.diagnostics.json": text652,
  "noise/softmax/seed-106.json": text653,
  "noise/softmax/seed-107.diagnostics.json": text654,
  "noise/softmax/seed-107.json": text655,
  "noise/softmax/seed-108.diagnostics.json": text656,
  "noise/softmax/seed-108.json": text657,
  "noise/softmax/seed-109.diagnostics.json": text658,
  "noise/softmax/seed-109.json": text659,
  "noise/tanh/seed-100.diagnostics.json": text660,
  "noise/tanh/seed-100.json": text661,
  "noise/tanh/seed-101.diagnostics.json": text662,
  "noise/tanh/seed-101.json": text663,
  "noise/tanh/seed-102.diagnostics.json": text664,
  "noise/tanh/seed-102.json": text665,
  "noise/tanh/seed-103.diagnostics.json": text666,
  "noise/tanh/seed-103.json": text667,
  "noise/tanh/seed-104.diagnostics.json": text668,
  "noise/tanh/seed-104.json": text669,
  "noise/tanh/seed-105.diagnostics.json": text670,
  "noise/tanh/seed-105.json": text671,
  "noise/tanh/seed-106.diagnostics.json": text672,
  "noise/tanh/seed-106.json": text673,
  "noise/tanh/seed-107.diagnostics.json": text674,
  "noise/tanh/seed-107.json": text675,
  "noise/tanh/seed-108.diagnostics.json": text676,
  "noise/tanh/seed-108.json": text677,
  "noise/tanh/seed-109.diagnostics.json": text678,
  "noise/tanh/seed-109.json": text679,
  "orders/residual/seed-100.json": text680,
  "orders/residual/seed-101.json": text681,
  "orders/residual/seed-102.json": text682,
  "orders/residual/seed-103.json": text683,
  "orders/residual/seed-104.json": text684,
  "orders/residual/seed-105.json": text685,
  "orders/residual/seed-106.json": text686,
  "orders/residual/seed-107.json": text687,
  "orders/residual/seed-108.json": text688,
  "orders/residual/seed-109.json": text689,
  "paths/both/seed-100.diagnostics.json": text690,
  "paths/both/seed-100.json": text691,
  "paths/both/seed-101.diagnostics.json": text692,
  "paths/both/seed-101.json": text693,
  "paths/both/seed-102.diagnostics.json": text694,
  "paths/both/seed-102.json": text695,
  "paths/both/seed-103.diagnostics.json": text696,
  "paths/both/seed-103.json": text697,
  "paths/both/seed-104.diagnostics.json": text698,
  "paths/both/seed-104.json": text699,
  "paths/both/seed-105.diagnostics.json": text700,
  "paths/both/seed-105.json": text701,
  "paths/both/seed-106.diagnostics.json": text702,
  "paths/both/seed-106.json": text703,
  "paths/both/seed-107.diagnostics.json": text704,
  "paths/both/seed-107.json": text705,
  "paths/both/seed-108.diagnostics.json": text706,
  "paths/both/seed-108.json": text707,
  "paths/both/seed-109.diagnostics.json": text708,
  "paths/both/seed-109.json": text709,
  "paths/x_in-detached/seed-100.json": text710,
  "paths/x_in-detached/seed-101.json": text711,
  "paths/x_in-detached/seed-102.json": text712,
  "paths/x_in-detached/seed-103.json": text713,
  "paths/x_in-detached/seed-104.json": text714,
  "paths/x_in-detached/seed-105.json": text715,
  "paths/x_in-detached/seed-106.json": text716,
  "paths/x_in-detached/seed-107.json": text717,
  "paths/x_in-detached/seed-108.json": text718,
  "paths/x_in-detached/seed-109.json": text719,
  "paths/x_res-detached/seed-100.json": text720,
  "paths/x_res-detached/seed-101.json": text721,
  "paths/x_res-detached/seed-102.json": text722,
  "paths/x_res-detached/seed-103.json": text723,
  "paths/x_res-detached/seed-104.json": text724,
  "paths/x_res-detached/seed-105.json": text725,
  "paths/x_res-detached/seed-106.json": text726,
  "paths/x_res-detached/seed-107.json": text727,
  "paths/x_res-detached/seed-108.json": text728,
  "paths/x_res-detached/seed-109.json": text729,
  "rates/plain-adam-0.0003/seed-200.json": text730,
  "rates/plain-adam-0.0003/seed-201.json": text731,
  "rates/plain-adam-0.0003/seed-202.json": text732,
  "rates/plain-adam-0.001/seed-200.json": text733,
  "rates/plain-adam-0.001/seed-201.json": text734,
  "rates/plain-adam-0.001/seed-202.json": text735,
  "rates/plain-adam-0.003/seed-200.json": text736,
  "rates/plain-adam-0.003/seed-201.json": text737,
  "rates/plain-adam-0.003/seed-202.json": text738,
  "rates/plain-adam-0.01/seed-200.json": text739,
  "rates/plain-adam-0.01/seed-201.json": text740,
  "rates/plain-adam-0.01/seed-202.json": text741,
  "rates/plain-sgd-0.03/seed-200.json": text742,
  "rates/plain-sgd-0.03/seed-201.json": text743,
  "rates/plain-sgd-0.03/seed-202.json": text744,
  "rates/plain-sgd-0.1/seed-200.json": text745,
  "rates/plain-sgd-0.1/seed-201.json": text746,
  "rates/plain-sgd-0.1/seed-202.json": text747,
  "rates/plain-sgd-0.2/seed-200.json": text748,
  "rates/plain-sgd-0.2/seed-201.json": text749,
  "rates/plain-sgd-0.2/seed-202.json": text750,
  "rates/residual-adam-0.0003/seed-200.json": text751,
  "rates/residual-adam-0.0003/seed-201.json": text752,
  "rates/residual-adam-0.0003/seed-202.json": text753,
  "rates/residual-adam-0.001/seed-200.json": text754,
  "rates/residual-adam-0.001/seed-201.json": text755,
  "rates/residual-adam-0.001/seed-202.json": text756,
  "rates/residual-adam-0.003/seed-200.json": text757,
  "rates/residual-adam-0.003/seed-201.json": text758,
  "rates/residual-adam-0.003/seed-202.json": text759,
  "rates/residual-adam-0.01/seed-200.json": text760,
  "rates/residual-adam-0.01/seed-201.json": text761,
  "rates/residual-adam-0.01/seed-202.json": text762,
  "rates/residual-sgd-0.03/seed-200.json": text763,
  "rates/residual-sgd-0.03/seed-201.json": text764,
  "rates/residual-sgd-0.03/seed-202.json": text765,
  "rates/residual-sgd-0.1/seed-200.json": text766,
  "rates/residual-sgd-0.1/seed-201.json": text767,
  "rates/residual-sgd-0.1/seed-202.json": text768,
  "rates/residual-sgd-0.2/seed-200.json": text769,
  "rates/residual-sgd-0.2/seed-201.json": text770,
  "rates/residual-sgd-0.2/seed-202.json": text771,
  "shrinking/glorot/seed-100.diagnostics.json": text772,
  "shrinking/glorot/seed-100.json": text773,
  "shrinking/glorot/seed-101.diagnostics.json": text774,
  "shrinking/glorot/seed-101.json": text775,
  "shrinking/glorot/seed-102.diagnostics.json": text776,
  "shrinking/glorot/seed-102.json": text777,
  "shrinking/glorot/seed-103.diagnostics.json": text778,
  "shrinking/glorot/seed-103.json": text779,
  "shrinking/glorot/seed-104.diagnostics.json": text780,
  "shrinking/glorot/seed-104.json": text781,
  "shrinking/glorot/seed-105.diagnostics.json": text782,
  "shrinking/glorot/seed-105.json": text783,
  "shrinking/glorot/seed-106.diagnostics.json": text784,
  "shrinking/glorot/seed-106.json": text785,
  "shrinking/glorot/seed-107.diagnostics.json": text786,
  "shrinking/glorot/seed-107.json": text787,
  "shrinking/glorot/seed-108.diagnostics.json": text788,
  "shrinking/glorot/seed-108.json": text789,
  "shrinking/glorot/seed-109.diagnostics.json": text790,
  "shrinking/glorot/seed-109.json": text791,
  "shrinking/he/seed-100.diagnostics.json": text792,
  "shrinking/he/seed-100.json": text793,
  "shrinking/he/seed-101.diagnostics.json": text794,
  "shrinking/he/seed-101.json": text795,
  "shrinking/he/seed-102.diagnostics.json": text796,
  "shrinking/he/seed-102.json": text797,
  "shrinking/he/seed-103.diagnostics.json": text798,
  "shrinking/he/seed-103.json": text799,
  "shrinking/he/seed-104.diagnostics.json": text800,
  "shrinking/he/seed-104.json": text801,
  "shrinking/he/seed-105.diagnostics.json": text802,
  "shrinking/he/seed-105.json": text803,
  "shrinking/he/seed-106.diagnostics.json": text804,
  "shrinking/he/seed-106.json": text805,
  "shrinking/he/seed-107.diagnostics.json": text806,
  "shrinking/he/seed-107.json": text807,
  "shrinking/he/seed-108.diagnostics.json": text808,
  "shrinking/he/seed-108.json": text809,
  "shrinking/he/seed-109.diagnostics.json": text810,
  "shrinking/he/seed-109.json": text811,
  "shrinking/orthogonal/seed-100.diagnostics.json": text812,
  "shrinking/orthogonal/seed-100.json": text813,
  "shrinking/orthogonal/seed-101.diagnostics.json": text814,
  "shrinking/orthogonal/seed-101.json": text815,
  "shrinking/orthogonal/seed-102.diagnostics.json": text816,
  "shrinking/orthogonal/seed-102.json": text817,
  "shrinking/orthogonal/seed-103.diagnostics.json": text818,
  "shrinking/orthogonal/seed-103.json": text819,
  "shrinking/orthogonal/seed-104.diagnostics.json": text820,
  "shrinking/orthogonal/seed-104.json": text821,
  "shrinking/orthogonal/seed-105.diagnostics.json": text822,
  "shrinking/orthogonal/seed-105.json": text823,
  "shrinking/orthogonal/seed-106.diagnostics.json": text824,
  "shrinking/orthogonal/seed-106.json": text825,
  "shrinking/orthogonal/seed-107.diagnostics.json": text826,
  "shrinking/orthogonal/seed-107.json": text827,
  "shrinking/orthogonal/seed-108.diagnostics.json": text828,
  "shrinking/orthogonal/seed-108.json": text829,
  "shrinking/orthogonal/seed-109.diagnostics.json": text830,
  "shrinking/orthogonal/seed-109.json": text831,
  "tuned/plain-adam/seed-100.json": text832,
  "tuned/plain-adam/seed-101.json": text833,
  "tuned/plain-adam/seed-102.json": text834,
  "tuned/plain-adam/seed-103.json": text835,
  "tuned/plain-adam/seed-104.json": text836,
  "tuned/plain-adam/seed-105.json": text837,
  "tuned/plain-adam/seed-106.json": text838,
  "tuned/plain-adam/seed-107.json": text839,
  "tuned/plain-adam/seed-108.json": text840,
  "tuned/plain-adam/seed-109.json": text841,
  "tuned/plain-sgd/seed-100.json": text842,
  "tuned/plain-sgd/seed-101.json": text843,
  "tuned/plain-sgd/seed-102.json": text844,
  "tuned/plain-sgd/seed-103.json": text845,
  "tuned/plain-sgd/seed-104.json": text846,
  "tuned/plain-sgd/seed-105.json": text847,
  "tuned/plain-sgd/seed-106.json": text848,
  "tuned/plain-sgd/seed-107.json": text849,
  "tuned/plain-sgd/seed-108.json": text850,
  "tuned/plain-sgd/seed-109.json": text851,
  "tuned/residual-adam/seed-100.json": text852,
  "tuned/residual-adam/seed-101.json": text853,
  "tuned/residual-adam/seed-102.json": text854,
  "tuned/residual-adam/seed-103.json": text855,
  "tuned/residual-adam/seed-104.json": text856,
  "tuned/residual-adam/seed-105.json": text857,
  "tuned/residual-adam/seed-106.json": text858,
  "tuned/residual-adam/seed-107.json": text859,
  "tuned/residual-adam/seed-108.json": text860,
  "tuned/residual-adam/seed-109.json": text861,
  "tuned/residual-sgd/seed-100.json": text862,
  "tuned/residual-sgd/seed-101.json": text863,
  "tuned/residual-sgd/seed-102.json": text864,
  "tuned/residual-sgd/seed-103.json": text865,
  "tuned/residual-sgd/seed-104.json": text866,
  "tuned/residual-sgd/seed-105.json": text867,
  "tuned/residual-sgd/seed-106.json": text868,
  "tuned/residual-sgd/seed-107.json": text869,
  "tuned/residual-sgd/seed-108.json": text870,
  "tuned/residual-sgd/seed-109.json": text871,
};
