import Platform

/// Which processors the client and the servers of a measurement have.
///
/// Where the scheduler puts a thread makes more of a difference than what is measured, and it
/// changes its mind between rounds. So every thread has its processor, the same for all subjects.
///
/// A client that waits for a server's answer shares its processor: the two take turns, and the price
/// is two switches between threads. On processors of their own each would fall asleep and be woken
/// by an interrupt, tens of microseconds in a virtual machine and never twice the same; or spin,
/// and then the processor time says nothing. Where nobody waits, each has its own.
package struct Placement: Hashable, Sendable {
    package let client: Int
    /// Where servers are while the client does not wait for them.
    package let servers: Int

    package init(client: Int, servers: Int) {
        self.client = client
        self.servers = servers
    }

    /// The last two processors that the calling thread may use: interrupts come to the first.
    package static var standard: Placement {
        get throws(BenchError) {
            let allowed = try BenchError.of(.privilege, "choose processors") {
                try Thread.allowedProcessors
            }
            return Placement(client: allowed.last ?? 0, servers: allowed.suffix(2).first ?? 0)
        }
    }
}
