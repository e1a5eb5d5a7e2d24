package import Network
package import Platform
import Support
import Synchronization

/// The listeners of `health`, `ready` and `prometheus`, all on one thread.
///
/// A listener that a changed configuration still names is the same one: no client sees it close.
package final class StatusEndpoints: Sendable {
    private let loop: StatusLoop
    private let answers: StatusAnswers
    private let places = Mutex<[AddressAndPort: Place]>([:])

    private struct Place {
        let listener: StatusListener
        var parts: Set<StatusPart>
    }

    package init(_ answers: StatusAnswers) throws(PlatformError) {
        loop = try StatusLoop()
        self.answers = answers
    }
}

extension StatusEndpoints {
    /// What was opened for a plan, and closes again if that does not come into force.
    package struct Opened: Sendable {
        fileprivate let listeners: [AddressAndPort: StatusListener]
    }

    /// Opens what a plan names and is not open yet; answers nothing there so far.
    package func open(for plan: ServerPlan) throws(DNSError) -> Opened {
        let known = places.withLock { Set($0.keys) }
        var listeners: [AddressAndPort: StatusListener] = [:]
        for address in plan.statusParts.keys where !known.contains(address) {
            do throws(PlatformError) {
                listeners[address] = try loop.listen(on: address) { [weak self] head in
                    self?.answer(head, at: address) ?? Response(.unavailable)
                }
            } catch {
                throw DNSError(.socket, "answer over HTTP at \(address)", error.reason)
            }
        }
        return Opened(listeners: listeners)
    }

    /// Puts a plan into force.
    package func take(_ plan: ServerPlan, _ opened: Opened) {
        let parts = plan.statusParts
        let gone = places.withLock { places in
            let gone = places.filter { parts[$0.key] == nil }
            for address in gone.keys { places[address] = nil }
            for (address, listener) in opened.listeners {
                places[address] = Place(listener: listener, parts: [])
            }
            for (address, parts) in parts { places[address]?.parts = parts }
            return gone
        }
        withExtendedLifetime(gone) {}
    }

    private func answer(_ head: RequestHead, at address: AddressAndPort) -> Response {
        let parts = places.withLock { $0[address]?.parts ?? [] }
        return answers.answer(head, parts)
    }

    /// Where it listens; a port that was 0 has become one of the kernel's choice.
    package func address(of part: StatusPart) -> AddressAndPort? {
        places.withLock { places in
            places.values.first { $0.parts.contains(part) }?.listener.address
        }
    }
}
