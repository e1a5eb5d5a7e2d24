/// What lies between a connection's messages and the octets that are sent; plain TCP needs none.
package protocol StreamCodec: AnyObject {
    /// Takes what came from the peer and appends the plain octets in it.
    func receive(_ octets: Span<UInt8>, into plain: inout [UInt8]) -> StreamCodecProgress

    /// Takes plain octets for the peer.
    func send(_ plain: Span<UInt8>)

    /// Says that no more will be sent.
    func end()

    /// Appends what is to be sent to the peer, after any of the other calls.
    func takeOutput(into octets: inout [UInt8])
}

package enum StreamCodecProgress: Hashable, Sendable {
    case goesOn
    /// The peer has said that it sends no more.
    case ended
    /// There is no speaking with this peer; the output may say why.
    case failed
}
