import Netlink

/// Whether links could be made now.
enum LinkStatus {
    /// The number of no link.
    private static let nowhere = LinkIndex(rawValue: UInt32(Int32.max))

    /// Asks for changes that the kernel refuses, and looks at what it gives for the reason.
    static func check() throws(CNIError) {
        let answer: (refusal: NetlinkError?, hasPairs: Bool)
        do throws(NetlinkError) {
            var socket = try RouteSocket()
            let refusal = try socket.outcomes(of: [.change(.index(nowhere), .up)])[0]
            answer = (refusal, try socket.supports(.links(.veth)))
        } catch {
            throw CNIError(.notAvailable, "links cannot be made", details: "\(error)")
        }
        if let refusal = answer.refusal, !refusal.isAbsence {
            throw CNIError(.notAvailable, "links cannot be made", details: "\(refusal)")
        }
        guard answer.hasPairs else {
            throw CNIError(
                .notAvailable, "the kernel has no veth links",
                details: "load module veth or build with CONFIG_VETH")
        }
    }
}
