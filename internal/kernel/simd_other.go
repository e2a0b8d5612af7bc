//go:build !js

package kernel

// Elsewhere than in a browser the portable loops are all there is: these
// always decline, and the compiler leaves them and their calls out.

// SIMD reports whether the loops run in vectors.
func SIMD() bool { return false }

func simdGemm([]float32, []float32, []float32, []float32, int, int, int, Activation) bool {
	return false
}
func simdGemmTA([]float32, []float32, []float32, int, int, int, bool) bool  { return false }
func simdGemmTB([]float32, []float32, []float32, int, int, int, bool) bool  { return false }
func simdSum([]float32) (float32, bool)                                     { return 0, false }
func simdDot([]float32, []float32) (float32, bool)                          { return 0, false }
func simdSquaredDistance([]float32, []float32) (float32, bool)              { return 0, false }
func simdFinite([]float32) (finite, done bool)                              { return false, false }
func simdColumnSums([]float32, []float32, int, int, bool) bool              { return false }
func simdActivate([]float32, []float32, Activation) bool                    { return false }
func simdActivateBackward([]float32, []float32, []float32, Activation) bool { return false }
func simdExps([]float32, []float32) bool                                    { return false }
func simdLogs([]float32, []float32) bool                                    { return false }
func simdAdd([]float32, []float32, []float32) bool                          { return false }
func simdSub([]float32, []float32, []float32) bool                          { return false }
func simdMul([]float32, []float32, []float32) bool                          { return false }
func simdMulAdd([]float32, []float32, []float32) bool                       { return false }
func simdDivAdd([]float32, []float32, []float32) bool                       { return false }
func simdAxpy([]float32, float32, []float32) bool                           { return false }
func simdScale([]float32, float32, []float32) bool                          { return false }
func simdAddConstant([]float32, float32) bool                               { return false }
func simdAdam([]float32, []float32, []float32, []float32, float32, float32, float32) bool {
	return false
}
func simdStandardize([]float32, []float32, []float32, []float32, int, int) bool      { return false }
func simdMulColumns([]float32, []float32, []float32, int, int) bool                  { return false }
func simdSoftmax([]float32, []float32, int, int) bool                                { return false }
func simdSoftmaxBackward([]float32, []float32, []float32, int, int) bool             { return false }
func simdCrossEntropy([]float32, []float32, []float32, []int32, int, int) bool       { return false }
func simdCrossEntropyBackward([]float32, float32, []float32, []int32, int, int) bool { return false }
func simdGemmParts([]float32, []float32, []float32, []float32, int, int, int, parts, Activation) bool {
	return false
}
func simdGemmPartsTA([]float32, []float32, []float32, int, int, int, parts) bool { return false }
func simdCol2im([]float32, []float32, Conv) bool                                 { return false }
func simdMaxPool([]float32, []int32, []float32, int, int, int, int) bool         { return false }
func simdMaxPoolBackward([]float32, []float32, []int32) bool                     { return false }
func simdMix([]float32, []float32, []float32, []int32, int, int) bool            { return false }
func simdMixChoices([]int32, []int32, int, int, int) bool                        { return false }
func simdMixTable([]float32, []float32, []float32, []float32, int, int) bool     { return false }
func simdMixSums([]float32, []float32, []float32, []int32, int, int, int, Activation) bool {
	return false
}
func simdDescend([]float32, int, int, int, []Branch, []float32, int, int, bool) bool { return false }
