import Kubernetes
import Network

/// How many turns each endpoint of a weighted service gets, as annotations have it.
struct EndpointWeights {
    /// By the name of a pod.
    private var byName: [String: UInt16] = [:]
    private var byAddress: [IPAddress: UInt16] = [:]
    private(set) var complaints: [Complaint] = []

    /// Reads the service's annotation: "web-0=5,10.0.0.7=2" by pods' names or addresses.
    init(of service: Service) {
        guard let text = service.metadata.annotations[Balancing.weightAnnotation] else { return }
        var unusable: [Substring] = []
        for entry in text.split(separator: ",") where !entry.allSatisfy(\.isWhitespace) {
            if !read(entry) { unusable.append(entry) }
        }
        guard let first = unusable.first else { return }
        complaints = [
            service.complaint(
                "has \(unusable.count) unusable of \(Balancing.weightAnnotation), such as "
                    + "\"\(first)\": wanted is a pod's name or address, \"=\" and 0 to 1000")
        ]
    }

    private mutating func read(_ entry: Substring) -> Bool {
        let sides = entry.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let name = sides[0].onlyWord, let weight = UInt16(weight: sides[1])
        else { return false }
        if let address = IPAddress(legacy: name) {
            byAddress[address] = weight
        } else {
            byName[name] = weight
        }
        return true
    }

    /// What a slice's endpoints get.
    func shares(of slice: EndpointSlice) -> Shares { Shares(weights: self, slice) }
}

extension EndpointWeights {
    /// The weights of one slice's endpoints: the service's word for one counts more than the
    /// slice's for all of its own.
    struct Shares {
        private let weights: EndpointWeights
        private let endpoints: EndpointList
        private let ofAll: UInt16
        let complaint: Complaint?

        fileprivate init(weights: EndpointWeights, _ slice: EndpointSlice) {
            self.weights = weights
            endpoints = slice.endpoints
            let text = slice.metadata.annotations[Balancing.weightAnnotation]
            let weight = text.map { UInt16(weight: $0) }
            ofAll = (weight ?? 1) ?? 1
            complaint =
                if case .some(.none) = weight {
                    slice.complaint(
                        "weighs 1, for \(Balancing.weightAnnotation) is not a number up to 1000")
                } else {
                    nil
                }
        }

        func weight(of index: Int, at address: IPAddress) -> UInt16 {
            if let weight = weights.byAddress[address] { return weight }
            if weights.byName.isEmpty { return ofAll }
            return weights.byName[endpoints.podName(at: index)] ?? ofAll
        }
    }
}

extension UInt16 {
    /// A weight's text; a rotation of more turns would fill the kernel's maps.
    fileprivate init?(weight text: some StringProtocol) {
        guard let word = text.onlyWord, let weight = UInt16(word), weight <= 1000 else {
            return nil
        }
        self = weight
    }
}
