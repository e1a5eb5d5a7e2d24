import Netlink
import Network

/// Limits what a pod receives, by a token bucket on the host's end of its link, and what it sends,
/// by one on a link of its own (ifb) to which everything that arrives from the pod is handed.
struct BandwidthPart: PluginPart {
    private let limits: BandwidthLimits

    init(_ configuration: NetworkConfiguration) throws(CNIError) {
        limits = try BandwidthLimits(configuration)
    }

    func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        if limits.isEmpty { return }
        let namespace = try pod.namespace()
        do throws(NetlinkError) {
            var shaper = try Shaper(pod.attachment)
            let link = try shaper.hostEnd(namespace)
            if let ingress = limits.ingress { try shaper.limit(link.index, ingress.bucket) }
            guard let egress = limits.egress else { return }
            let outlet = try shaper.outlet(of: link, pod: pod.arguments.pod)
            try shaper.limit(outlet.index, egress.bucket)
            try shaper.redirect(link.index, to: outlet.index)
            result.interfaces.append(
                NetworkResult.Interface(outlet.name, mac: outlet.address.map { "\($0)" }))
        } catch {
            throw CNIError(error)
        }
    }

    func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        if limits.isEmpty { return }
        let namespace = try pod.namespace()
        do throws(NetlinkError) {
            var shaper = try Shaper(pod.attachment)
            let link = try shaper.hostEnd(namespace)
            if let ingress = limits.ingress { try shaper.check(link.index, ingress.bucket) }
            if let egress = limits.egress { try shaper.checkOutlet(of: link.index, egress.bucket) }
        } catch {
            throw CNIError(
                .checkFailed, "the bandwidth limit is not as ADD left it", details: "\(error)")
        }
    }

    static func remove(_ pod: PodCall, _ configuration: NetworkConfiguration) throws(CNIError) {
        do throws(NetlinkError) {
            var shaper = try Shaper(pod.attachment)
            if let namespace = pod.remainingNamespace() { try shaper.release(namespace) }
            try shaper.deleteOutlet()
        } catch {
            throw CNIError(error)
        }
    }

    static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        do throws(NetlinkError) {
            var socket = try RouteSocket()
            let links = LinkOwner.abandoned(
                try socket.list(.links(kind: .ifb)), of: configuration.name, keeping: valid)
            let outcomes = try socket.outcomes(of: links.map { .delete(.index($0.index)) })
            for case let failure? in outcomes where !failure.isAbsence { throw failure }
        } catch {
            throw CNIError(error)
        }
    }
}
