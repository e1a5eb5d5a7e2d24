import Synchronization

/// Every decoder that is fuzzed; a module's decoders are listed in a file of `Targets`.
package enum FuzzTargets {
    package static let all: [FuzzTarget] =
        addressParsers + wireReaders + netlinkMessages + nftablesDumps + cniDocuments
        + leaseFiles + kubernetesAnswers + yamlDocuments + credentialFiles + manifestTexts
        + proxyConfigurations + agentDocuments + corefiles + zoneFiles + clusterNames
        + clientStreams
        + upstreamReplies + benchDocuments

    /// Lets go of what targets share; in the slots of tables no leak checker would see an address.
    package static func end() {
        cluster.withLock { $0 = nil }
        kept.withLock { $0 = nil }
    }
}
