/// One suite's way to do something.
struct PodSide {
    /// As the circumstance `program` has it.
    let program: String
    let network: String
    let chain: PluginChain

    var isOurs: Bool { program == Self.ours }

    static let ours = "weft"

    func circumstances(_ work: PluginSuites.Work) -> [Identity.Circumstance] {
        [.init("chain", work.rawValue), .init("program", program)]
    }
}

extension [Measurement] {
    /// Those of ours to others of the same step in the same circumstances, and to the kernel's part
    /// of it.
    var ratiosToOthers: [Ratio] {
        filter { $0.identity["program"] == PodSide.ours }.flatMap { own in
            filter { own.identity.isBeside($0.identity) || own.identity.needs($0.identity) }
                .flatMap { own.ratios(to: $0) }
        }
    }

    /// Those of each program to itself where a circumstance is as it was measured first.
    func ratios(varying name: String) -> [Ratio] {
        flatMap { later in
            first { $0.identity.without(name) == later.identity.without(name) }
                .map { $0.identity == later.identity ? [] : later.ratios(to: $0) } ?? []
        }
    }
}

extension Identity {
    fileprivate func without(_ name: String) -> Identity {
        Identity(suite, workload, circumstances.filter { $0.name != name })
    }

    /// Whether another one differs by the program alone.
    fileprivate func isBeside(_ other: Identity) -> Bool {
        without("program") == other.without("program") && self["program"] != other["program"]
    }

    /// Whether another one is what the kernel does for this one in any case.
    fileprivate func needs(_ other: Identity) -> Bool {
        workload == other.workload && other["program"] == "kernel"
    }
}
