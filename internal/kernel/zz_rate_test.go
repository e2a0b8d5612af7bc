//go:build !js

package kernel_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/whybox/whybox/internal/browser"
)

func TestRate(t *testing.T) {
	dir := t.TempDir()
	k, _ := os.ReadFile("kernels.wasm")
	b, _ := os.ReadFile("/tmp/bound.wasm")
	os.WriteFile(filepath.Join(dir, "k.wasm"), k, 0o644)
	os.WriteFile(filepath.Join(dir, "b.wasm"), b, 0o644)
	os.WriteFile(filepath.Join(dir, "index.html"), []byte(`<!DOCTYPE html><link rel="icon" href="data:,"><script>
async function go(){
const memory=new WebAssembly.Memory({initial:100});
const load=async(u)=>(await WebAssembly.instantiateStreaming(fetch(u),{env:{memory}})).instance.exports;
const K=await load('k.wasm'),B=await load('b.wasm');
const f=new Float32Array(memory.buffer); for(let i=0;i<f.length;i++)f[i]=Math.random()*2-1;
function best(run,flop){
  for(let i=0;i<30;i++)run();
  let t0=performance.now(),n=0; while(performance.now()-t0<80){run();n++;}
  const reps=Math.max(1,Math.round(n/8));
  let ts=[];for(let s=0;s<41;s++){const a=performance.now();for(let i=0;i<reps;i++)run();ts.push((performance.now()-a)/reps);}
  ts.sort((a,b)=>a-b);return flop/ts[3]/1e6;
}
let o='';const bd=best(()=>B.bound(2000,0,0.5),2000*4*12*8);o+='bound '+bd.toFixed(1)+'\n';
for(const [m,n,k] of [[4,64,64],[256,64,64],[1024,64,64],[256,256,256],[1,64,64],[64,64,256],[72,16,2048]]){
  o+=[m,n,k].join('x');
  for(const g of ['gemm','gemmTA','gemmTB']){ const r=best(()=>K[g](4<<20,1<<20,2<<20,0,m,n,k,0,5<<20),2*m*n*k); o+='  '+g+' '+r.toFixed(1)+' ('+(100*r/bd).toFixed(0)+'%)';}
  o+='\n';
}
return o}</script>`), 0o644)
	s := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer s.Close()
	ctx := browser.Start(t)
	browser.Do(t, ctx, chromedp.Navigate(s.URL))
	t.Log("\n" + browser.Eval[string](t, ctx, "go()"))
}
