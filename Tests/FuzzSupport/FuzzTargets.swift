/// Every decoder that is fuzzed; a module's decoders are listed in a file of `Targets`.
package enum FuzzTargets {
    package static let all: [FuzzTarget] =
        addressParsers + wireReaders + netlinkMessages + nftablesDumps + cniDocuments
        + leaseFiles + kubernetesAnswers + yamlDocuments + credentialFiles + manifestTexts
        + proxyConfigurations + corefiles + zoneFiles + clusterNames
}
