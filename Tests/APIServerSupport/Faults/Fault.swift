/// What goes wrong with one answer.
package enum Fault: Hashable, Sendable {
    /// Something happens to the connection once so many bytes have gone over it since the answer's
    /// beginning, TLS and frames included.
    case wire(WireFault, afterBytes: Int)
    /// Another answer instead of the handler's.
    case status(Int, retryAfter: Int?)
    case contentType(String)
    /// The connection takes no more requests.
    case goAway
    /// Of a piece of the answer, counted from 0, only the first half is sent, and then the end.
    case halfPiece(Int)
    case repeatedPiece(Int)
    /// Before a piece the answer ends in disorder, while the connection goes on.
    case resetStream(beforePiece: Int)
}

package enum WireFault: Hashable, Sendable, CaseIterable {
    /// Ends the connection, in the middle of whatever it is.
    case cut
    case reset
    /// Neither sends nor receives any more, and does not close.
    case stall
    /// Sends bytes that mean nothing, to TLS nor to HTTP.
    case garbage
}

extension Fault {
    /// Any fault, at any place within the first pieces of an answer.
    package static func random(using generator: inout some RandomNumberGenerator) -> Fault {
        let piece = Int.random(in: 0..<8, using: &generator)
        return switch Int.random(in: 0..<12, using: &generator) {
        case 0: .status(410, retryAfter: nil)
        case 1: .status(429, retryAfter: 1)
        case 2: .status([500, 503, 504].randomElement(using: &generator) ?? 500, retryAfter: nil)
        case 3: .contentType("text/html")
        case 4: .goAway
        case 5: .halfPiece(piece)
        case 6: .repeatedPiece(piece)
        case 7: .resetStream(beforePiece: piece)
        default:
            .wire(
                WireFault.allCases.randomElement(using: &generator) ?? .cut,
                afterBytes: Int.random(in: 0..<4000, using: &generator))
        }
    }
}
