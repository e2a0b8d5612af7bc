package nn

// Weights returns every parameter: the weights of each layer in order, row
// major inputs×outputs (filters 3×3×inputs×outputs), then the biases of each
// layer. The slice belongs to the network, and writing to it changes the network.
func (m *network) Weights() []float32 { return m.weights.flat }
